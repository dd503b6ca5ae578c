"""Asks `sayso mcp` by the official client of the Model Context Protocol, and compares with what `sayso ask` answers.

usage: assistants.py SAYSO STORE      (pip install mcp; skipped where it cannot be had)
"""
import asyncio, json, subprocess, sys

sayso, store = sys.argv[1:3]
try:
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client
except ImportError:
    sys.exit(print("skipped: the package mcp is not installed"))

TOOLS = ["who_said", "figures", "disputes", "timeline", "article", "evidence", "sparql"]


def plain(result):
    """What a tool answered: the object, and whether it is a complaint. Names differ between versions of the client."""
    result = json.loads(result.model_dump_json(by_alias=True))
    return result.get("structuredContent"), result.get("isError"), result["content"][0]["text"]


async def main():
    server = StdioServerParameters(command=sayso, args=["mcp", "--store", store, "-q"])
    async with stdio_client(server) as streams, ClientSession(*streams) as client:
        hello = json.loads((await client.initialize()).model_dump_json(by_alias=True))
        assert hello["serverInfo"]["name"] == "sayso" and "never a fact" in hello["instructions"], hello
        assert [tool.name for tool in (await client.list_tools()).tools] == TOOLS
        counts = {}
        for tool in TOOLS[:-1]:
            found, is_error, text = plain(await client.call_tool(tool, {"limit": 200}))
            assert not is_error and json.loads(text) == found and found["count"] == len(found["rows"]) > 0, (tool, text)
            # An article is no sentence; every other row carries the one it is from.
            said = ("leftSentence", "rightSentence") if tool == "disputes" else ("sentence",) if tool != "article" else ("title",)
            assert all(row.get(name) for row in found["rows"] for name in said), (tool, found["rows"][0])
            counts[tool] = f"{found['count']}{' and more' if found['more'] else ''}"
        found, _, _ = plain(await client.call_tool("who_said", {"about": "trucks", "limit": 200}))
        asked = subprocess.run([sayso, "ask", "who-said", "--about", "trucks", "--store", store, "-q", "--format", "jsonl"],
                               check=True, capture_output=True).stdout.splitlines()
        assert found["count"] == len(asked), (found["count"], len(asked))
        query = "SELECT (COUNT(*) AS ?n) { ?s a sayso:Statement }"
        found, _, _ = plain(await client.call_tool("sparql", {"query": query}))
        counts["sparql"] = f"{found['rows'][0]['n']} statements"
        for tool, arguments in [("who_said", {"since": "last week"}), ("sparql", {"query": "DROP ALL"})]:
            _, is_error, text = plain(await client.call_tool(tool, arguments))
            assert is_error and text, (tool, text)
        print("MCP, official client:", ", ".join(f"{tool} {count}" for tool, count in counts.items()))


asyncio.run(main())
