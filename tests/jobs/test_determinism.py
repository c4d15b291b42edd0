from tests.jobs.sample import AS_OF, inbox_of, pipeline, tree


def test_the_same_bytes_in_any_time_zone_locale_and_folder(tmp_path):
    outputs = []
    for name, env in (
        ("here", {"TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "PYTHONHASHSEED": "1"}),
        ("有 空格", {"TZ": "America/Los_Angeles", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "2"}),
    ):
        workspace = tmp_path / name
        inbox_of(workspace, "2018-03", only="石泉")
        inbox_of(workspace, "2018-03", only="邮储")
        done = pipeline("monthly", "2018-03", "--as-of", AS_OF, "--workspace", workspace, env=env)
        assert done.returncode == 1, done.stderr
        outputs.append(tree(workspace / "output"))
    assert outputs[0] == outputs[1]
