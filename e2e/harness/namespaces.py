"""Private namespaces: network, mounts, and processes.

The suites run in them, so that fixed ports disturb nobody, nothing reaches the network, and no
process outlives the run: the kernel ends all of a process namespace with its first process, on
whatever path that goes.
"""

import ctypes
import fcntl
import os
import signal
import socket
import struct

_NEWNS, _NEWUSER, _NEWPID, _NEWNET = 0x20000, 0x10000000, 0x20000000, 0x40000000
_MS_REC, _MS_PRIVATE = 0x4000, 0x40000
_PR_SET_PDEATHSIG = 1
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1

_libc = ctypes.CDLL(None, use_errno=True)


class NotPermitted(Exception):
    """The machine does not let this user make namespaces."""


def _call(what, *arguments):
    if getattr(_libc, what)(*arguments) != 0:
        number = ctypes.get_errno()
        raise NotPermitted(
            f"{what}: {os.strerror(number)}; private namespaces (as `unshare -nm` makes them) are not permitted here"
        )


def inside(run):
    """The exit code of `run()` in namespaces of its own. Before any thread is started."""
    user, group = os.getuid(), os.getgid()
    flags = _NEWNS | _NEWPID | _NEWNET
    _call("unshare", flags if user == 0 else flags | _NEWUSER)
    if user != 0:
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"0 {user} 1")
        _write("/proc/self/gid_map", f"0 {group} 1")
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _call("prctl", _PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            _settle()
            code = run()
        except SystemExit as exit:
            code = exit.code if isinstance(exit.code, int) else 1
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            os._exit(code)
    # The first process ends on its own terms; this one only passes the word on.
    def pass_on(number, _frame):
        os.kill(child, signal.SIGTERM)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, pass_on)
    assert os.getpid() == parent
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) if not os.WIFSIGNALED(status) else 128 + os.WTERMSIG(status)


def permitted():
    """Raises `NotPermitted` where namespaces cannot be made; tried in a process of its own."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, b"" if inside(lambda: 0) == 0 else b"the first process of a namespace failed")
        except BaseException as error:
            os.write(writer, str(error).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as file:
        words = file.read()
    os.waitpid(child, 0)
    if words:
        raise NotPermitted(words)


def _settle():
    # Mounts made here stay here; /proc shows this process namespace.
    _call("mount", b"none", b"/", None, _MS_REC | _MS_PRIVATE, None)
    _call("mount", b"proc", b"/proc", b"proc", 0, None)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sh22x", b"lo", 0)
        flags = struct.unpack_from("h", fcntl.ioctl(control, _SIOCGIFFLAGS, request), 16)[0]
        fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", flags | _IFF_UP))


def _write(path, text):
    with open(path, "w") as file:
        file.write(text)
