"""Inboxes as a clerk keeps them."""

HEADER = "文件,收到时间,方式,报送人,代录人\n"


def put(inbox, name, content=b"x"):
    """One file in an inbox, in a folder of it where the name says so."""
    path = inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def register(inbox, *rows, folder="", header=HEADER, encoding="utf-8-sig"):
    """The inbox's 收件登记.csv with these rows, or that of one of its folders."""
    return put(inbox, f"{folder}收件登记.csv", (header + "".join(f"{row}\n" for row in rows)).encode(encoding))
