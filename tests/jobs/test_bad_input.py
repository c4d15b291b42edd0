"""Whatever goes wrong: one clear Chinese sentence, an exit code, nothing lost, nothing half written."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from hashlib import sha256

import pytest

from tests.jobs.inprocess import run
from tests.jobs.pages import Page
from tests.jobs.sample import AS_OF, ROOT, asked, inbox_of, pipeline, tree

MONTH = ("2018-03", "--as-of", AS_OF)


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A workspace with one released month (March, four units only), and its inbox."""
    folder = tmp_path_factory.mktemp("full")
    inbox_of(folder, "2018-03", only="石泉")
    done = pipeline("monthly", *MONTH, "--workspace", folder)
    assert done.returncode == 1, done.stdout + done.stderr
    return folder


@pytest.fixture
def workspace(full, tmp_path):
    """A copy of the full workspace that a test may spoil."""
    shutil.copytree(full, tmp_path / "ws")
    return tmp_path / "ws"


def last_line(done):
    return (done.stdout + done.stderr).strip().splitlines()[-1]


def test_an_empty_inbox_and_an_empty_store(tmp_path):
    (tmp_path / "inbox").mkdir()
    done = pipeline("monthly", *MONTH, "--workspace", tmp_path)
    assert done.returncode == 3
    assert "没有收到任何银行报表" in last_line(done)
    assert "放入 inbox 文件夹" in last_line(done)
    assert not (tmp_path / "output" / "2018-03").exists()


def test_files_of_which_none_can_be_used_are_named_with_why_and_what_to_do(tmp_path):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "农行.xlsx").write_bytes(b"PK\3\4" + bytes(range(256)))
    (tmp_path / "inbox" / "邮储.pdf").write_bytes(b"%PDF-1.4\nscan")
    for _ in range(2):  # as long as nothing else came it is told again
        done = pipeline("monthly", *MONTH, "--workspace", tmp_path)
        assert done.returncode == 3
        assert last_line(done).startswith(
            "2018年3月没有可用的银行报表（应报12家），没有生成附件：收到的《农行.xlsx》《邮储.pdf》不能作为报表读取。"
        )
        assert "make status" in last_line(done)
        assert "代录表" in last_line(done)
        told = [line for line in done.stdout.splitlines() if line.startswith("[强制性 F0")]
        assert ["农行.xlsx" in told[0], "邮储.pdf" in told[1], "请用代录表" in told[1]] == [True] * 3


def test_an_empty_inbox_and_a_full_store(workspace, tmp_path):
    (tmp_path / "empty").mkdir()
    before = tree(workspace / "output")
    done = pipeline("monthly", *MONTH, "--workspace", workspace, "--inbox", tmp_path / "empty")
    assert done.returncode == 1
    assert "收件文件夹是空的" in done.stdout
    assert "没有变化" in done.stdout
    assert tree(workspace / "output") == before


@pytest.mark.parametrize(
    ("why", "name", "word"), [("not there", "nowhere", "不存在"), ("a file", "file.txt", "文件夹")]
)
def test_an_inbox_that_is_no_folder(workspace, tmp_path, why, name, word):
    (tmp_path / "file.txt").write_text("x")
    done = pipeline("monthly", *MONTH, "--workspace", workspace, "--inbox", tmp_path / name)
    assert done.returncode == 3
    assert word in last_line(done)
    assert "Traceback" not in done.stderr


BAD = {
    "summary.docx": None,
    "renamed.xlsx": "这只是一段文字，不是表格".encode(),
    "empty.xlsx": b"",
    "photo.xls": b"\x89PNG\r\n\x1a\n" + b"0" * 200,
    "page.xls": b"<html><body><table><tr><td>1</td></tr></table></body></html>",
    "cut.xlsx": b"PK\x03\x04" + b"\x00" * 300,
}


def bad_file(folder, name):
    path = folder / name
    if name == "summary.docx":
        import docx

        docx.Document().save(path)
    else:
        path.write_bytes(BAD[name])
    return path


def test_files_that_are_no_form_are_told_and_archived_and_change_nothing_else(workspace):
    bad = {name: bad_file(workspace / "inbox", name) for name in BAD}
    told = asked("monthly", *MONTH, "--workspace", workspace)
    assert told["exit"] == 1, "the month is what it was: something owed is missing"
    assert {received["file"] for received in told["data"]["received"]} == set(BAD)
    for received in told["data"]["received"]:
        finding, *notes = received["findings"]
        assert {note["rule"] for note in notes} <= {"F09"}
        assert finding["rule"] in ("F01", "F02")
        assert f"文件《{received['file']}》" in finding["message"]
        assert "请" in finding["message"]
        kept = workspace / "store" / "archive" / received["sha256"][:2] / received["sha256"]
        assert kept.read_bytes() == bad[received["file"]].read_bytes()


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_form_is_exit_3_in_a_dry_run(capsys, tmp_path, name):
    code, out, err = run(capsys, "check", bad_file(tmp_path, name), "--as-of", AS_OF)
    assert code == 3
    assert "Traceback" not in out + err
    assert name in out


def test_a_file_that_is_not_there_in_a_dry_run(tmp_path):
    done = pipeline("check", tmp_path / "nowhere.xlsx")
    assert done.returncode == 2
    assert "读不出来" in last_line(done)


@pytest.mark.parametrize("command", ["check", "describe"])
def test_what_never_ends_is_not_read(capsys, tmp_path, command):
    """A pipe that nobody writes to, a device that gives noughts for ever: said at once."""
    os.mkfifo(tmp_path / "管道.xlsx")
    for path in (tmp_path / "管道.xlsx", "/dev/zero"):
        code, out, err = run(capsys, command, path, "--workspace", tmp_path)
        assert (code, out) == (2, "")
        assert ("这是设备或管道，不是文件" in err) == (command == "check")


@pytest.mark.parametrize(
    ("why", "words", "says"),
    [
        ("no such month", ("monthly", "2018-13"), "2018-03 这样的年月"),
        ("a range that runs backwards", ("monthly", "2018-03:2018-01"), "前后颠倒"),
        ("no such day", ("status", "2018-03", "--as-of", "2018-02-30"), "2018-04-10 这样的日期"),
        ("a day to come", ("status", "2018-03", "--as-of", "2999-01-01"), "晚于今天"),
        ("no such profile", ("status", "2018-03", "--profile", "nowhere"), "ankang"),
        ("no such command", ("monthlyy",), "没有这个命令"),
        ("no such option", ("status", "--nothing"), "没有 --nothing 这个选项"),
        ("a missing option", ("explain", "F123456"), "缺少 --text"),
        ("one argument too many", ("status", "2018-03", "2018-04"), "多写了参数"),
    ],
)
def test_wrong_usage_is_exit_2_and_one_sentence(tmp_path, why, words, says):
    extra = () if words[0] == "monthlyy" else ("--workspace", tmp_path)
    done = pipeline(*words, *extra)
    assert done.returncode == 2
    assert says in last_line(done)
    assert len(done.stderr.strip().splitlines()) == 1


def test_time_does_not_run_backwards(workspace):
    done = pipeline("monthly", "2018-03", "--as-of", "2018-04-09", "--workspace", workspace)
    assert done.returncode == 2
    assert "早于库中最后一条记录" in last_line(done)


def test_a_file_that_is_received_after_the_clock_is_left(tmp_path):
    inbox_of(tmp_path, "2018-03", only="石泉")
    told = asked("monthly", "2018-03", "--as-of", "2018-03-31", "--workspace", tmp_path)
    assert told["exit"] == 3
    assert len(told["data"]["left"]) == 3, "the statement, the measures, the county"
    assert told["data"]["received"] == []


def test_a_month_with_a_final_release_keeps_what_comes_later_pending(full, tmp_path):
    """A final release needs a complete month; this one is made final by leaving out nothing: February."""
    inbox_of(tmp_path, "2018-02", "2018-01", "2017-12")
    shutil.copytree(ROOT / "sample_data" / "2018-01", tmp_path / "inbox" / "2018-01", dirs_exist_ok=True)
    (tmp_path / "inbox" / "2018-02" / "石泉农商银行2018年2月.xlsx").rename(tmp_path / "later.xlsx")
    first = asked("monthly", "2018-02", "--final", "--as-of", AS_OF, "--workspace", tmp_path)
    assert (first["exit"], first["status"]) == (1, "draft"), "--final refuses while something is missing"
    assert "不能正式发布" in first["message"]
    (tmp_path / "later.xlsx").rename(tmp_path / "inbox" / "2018-02" / "石泉农商银行2018年2月.xlsx")
    second = asked("monthly", "2018-02", "--final", "--as-of", AS_OF, "--workspace", tmp_path)
    assert (second["exit"], second["status"]) == (0, "final")
    assert second["data"]["releases"][0]["release"] == 2
    assert (tmp_path / "output" / "2018-02" / "v1" / "release.json").is_file()
    before = tree(tmp_path / "output")
    changed = (tmp_path / "inbox" / "2018-02" / "邮储安康_201802.xls").read_bytes()
    (tmp_path / "inbox" / "again.xls").write_bytes(changed + b"\0")
    third = asked("monthly", "2018-02", "--as-of", AS_OF, "--workspace", tmp_path)
    assert third["exit"] == 0
    assert third["data"]["releases"][0]["pending"]
    assert tree(tmp_path / "output") == before
    where = ("--as-of", AS_OF, "--workspace", tmp_path)
    status = asked("status", "2018-02", *where)
    assert "待处理" in status["message"]
    page = Page(tmp_path, period="2018-02", draft=False)
    assert page.matrix("M01")["邮储银行安康市分行"][-1] == "更正待办"
    assert [row for row in page.waiting() if "待处理" in row] == [
        "M01 金融扶贫小额贷款统计表 3月8日 已采用；后报的一份待处理 1 邮储银行安康市分行"
    ]
    person = ("--reason", "该行来电撤回", "--by", "示例甲")
    psbc = next(d for d in status["data"]["duties"] if d["reporting_unit"] == "psbc")
    refused = asked("withdraw", psbc["submission"], *person, *where)
    assert refused["exit"] == 2, "the final release was made from it"
    assert "已正式发布" in refused["message"]
    assert asked("withdraw", status["data"]["pending"][0], *person, *where)["exit"] == 0
    assert asked("status", "2018-02", *where)["data"]["pending"] == []


# ------------------------------------------------------------------ full disks and kills


def limited(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The annexes' figures of 石泉 and 白河 together, made without any disturbance."""
    folder = tmp_path_factory.mktemp("undisturbed")
    inbox_of(folder, "2018-03", only="石泉")
    inbox_of(folder, "2018-03", only="白河")
    pipeline("monthly", *MONTH, "--workspace", folder)
    return figures(folder)


@pytest.mark.parametrize("size", [2_000, 9_000, 60_000, 150_000])
def test_a_full_disk_loses_nothing_and_leaves_nothing_half_written(undisturbed, workspace, size):
    inbox_of(workspace, "2018-03", only="白河")
    before = tree(workspace / "output")
    done = pipeline("monthly", *MONTH, "--workspace", workspace, preexec_fn=limited(size))
    assert done.returncode in (1, 3), done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    if done.returncode == 3:
        assert "磁盘" in last_line(done)
        assert tree(workspace / "output") == before
    again = pipeline("monthly", *MONTH, "--workspace", workspace)
    assert again.returncode == 1
    assert figures(workspace) == undisturbed


def figures(workspace):
    """Annex csvs without their last two columns, release and vintage."""
    return {
        name: [line.rsplit(b",", 2)[0] for line in data.splitlines()]
        for name, data in tree(workspace / "output" / "2018-03" / "data").items()
        if name.startswith("annex")
    }


@pytest.mark.parametrize("seconds", [0.5, 1.0, 1.4, 1.8, 2.2])
def test_a_kill_at_any_moment_leaves_the_last_good_state_and_the_next_run_goes_on(full, workspace, seconds):
    inbox_of(workspace, "2018-03", only="白河")
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "monthly", *MONTH, "--workspace", str(workspace)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    final = workspace / "output" / "2018-03"
    old = workspace / "output" / ".old-2018-03"
    assert final.is_dir() or old.is_dir(), "the last good release is there, under one name or the other"
    told = asked("monthly", *MONTH, "--workspace", workspace)
    assert told["exit"] == 1
    states = {d["reporting_unit"]: d["state"] for d in told["data"]["releases"][0]["duties"]}
    assert states["rcb-baihe"] == states["rcb-shiquan"] == "in_force"
    assert not list((workspace / "output").glob(".*"))
    assert (final / "release.json").is_file()


def test_two_runs_at_once_wait_for_each_other(tmp_path):
    inbox_of(tmp_path, "2018-03", only="石泉")
    command = [sys.executable, "-m", "pipeline", "monthly", *MONTH, "--workspace", str(tmp_path)]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    told = [process.communicate(timeout=200) for process in both]
    assert [process.returncode for process in both] == [1, 1], told
    said = sorted(out.decode().splitlines()[0][:3] for out, _ in told)
    assert said == ["收件文", "新收到"], "the second found that all had been received"
    release = json.loads((tmp_path / "output" / "2018-03" / "release.json").read_text("utf-8"))
    assert release["release"] == 1


def test_a_kill_between_the_commit_and_the_new_name_is_made_good_by_the_next_run(workspace):
    inbox_of(workspace, "2018-03", only="白河")
    dying = (
        "import os, signal\n"
        "from pipeline.jobs import products\n"
        "products.put_in_place = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "from pipeline.cli import main\n"
        f"main(['monthly', '2018-03', '--as-of', '{AS_OF}', '--workspace', {str(workspace)!r}])\n"
    )
    before = json.loads((workspace / "output" / "2018-03" / "release.json").read_text("utf-8"))
    killed = subprocess.run([sys.executable, "-c", dying], cwd=ROOT, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert json.loads((workspace / "output" / "2018-03" / "release.json").read_text("utf-8")) == before
    told = asked("monthly", *MONTH, "--workspace", workspace)
    (released,) = told["data"]["releases"]
    assert (released["release"], released["new"]) == (2, False), "it was released before the kill"
    after = json.loads((workspace / "output" / "2018-03" / "release.json").read_text("utf-8"))
    assert after["release"] == 2
    for product in after["products"]:
        data = (workspace / "output" / "2018-03" / product["path"]).read_bytes()
        assert sha256(data).hexdigest() == product["sha256"]
