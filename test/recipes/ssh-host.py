"""A host that is reached by SSH on loopback: asyncssh's server, whose commands are run by sh in a folder.

Arguments: the folder that is the home, the host's private key, the file of keys that may log in, and "tampers" for a host on which
what `cat` has stored gets one byte more. Prints the port.
"""
import asyncio
import re
import sys

import asyncssh

home, host_key, authorized, mood = sys.argv[1:5]


async def serve(process):
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec("sh", "-c", process.command, cwd=home, stdin=pipe, stdout=pipe, stderr=pipe)
    await process.redirect(stdin=child.stdin, stdout=child.stdout, stderr=child.stderr)
    status = await child.wait()
    stored = re.fullmatch(r"cat > (\S+)", process.command)
    if mood == "tampers" and stored:
        with open(f"{home}/{stored[1]}", "ab") as file:
            file.write(b"x")
    process.exit(status)


async def main():
    server = await asyncssh.listen("127.0.0.1", 0, server_host_keys=[host_key], authorized_client_keys=authorized, process_factory=serve, encoding=None)
    print(server.get_port(), flush=True)
    await server.wait_closed()


asyncio.run(main())
