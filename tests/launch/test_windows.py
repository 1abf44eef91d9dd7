import os
import subprocess
import sys

import pytest

if sys.platform == "win32":
    from launch import windows

    def test_the_end_of_another_process_is_noticed() -> None:
        with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
            assert process.stdin is not None
            process.stdin.close()
            assert windows.wait_for_end(process.pid)
            assert process.wait() == 1

    def test_a_process_that_is_not_there_has_ended() -> None:
        assert windows.wait_for_end(2**32 - 4)  # numbers of processes are multiples of four, and small

    def test_what_windows_is_asked_is_answered() -> None:
        assert windows.processes_on_console() >= 0
        assert windows.in_session_of_services() in {True, False}
        windows.forget_library_folder()
        windows.call_when_closed(os.getpid)

else:
    pytest.skip("for Windows alone", allow_module_level=True)
