# The application: a non-root user, the lock's versions, a CJK font for pictures.
FROM python:3.12-slim AS build
RUN pip install --no-cache-dir uv
WORKDIR /src
COPY pyproject.toml uv.lock README.md ./
COPY graph graph
COPY ingest ingest
COPY api api
COPY viz viz
ENV UV_PROJECT_ENVIRONMENT=/opt/coopgraph UV_COMPILE_BYTECODE=1 UV_PYTHON_DOWNLOADS=never
RUN uv sync --frozen --no-dev --no-editable

FROM python:3.12-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends fontconfig fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /var/lib/coopgraph coopgraph \
    && mkdir -p /data && chown coopgraph:coopgraph /data
COPY --from=build /opt/coopgraph /opt/coopgraph
ENV PATH=/opt/coopgraph/bin:$PATH COOPGRAPH_DATA_DIR=/data PYTHONUNBUFFERED=1
USER coopgraph
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=6 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["coopgraph", "serve", "--host", "0.0.0.0", "--port", "8000"]
