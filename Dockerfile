# docs/decisions/012-release.md says why Python with the sources, rather than the frozen file.
FROM python:3.11.16-slim-bookworm@sha256:528257d48c1da0dcecc2e725d1ae34498d60c965f1241e39cd6a85a8859bdf84

WORKDIR /ccurve
COPY requirements.txt ./
RUN pip install --no-cache-dir --root-user-action=ignore --only-binary=:all: --require-hashes --requirement requirements.txt
COPY . ./
RUN python -m compileall -q . \
    && install --directory --owner=10001 --group=10001 --mode=0700 /data

USER 10001:10001
VOLUME /data
ENV CCURVE_DATA_DIR=/data CCURVE_HOST=127.0.0.1 CCURVE_PORT=8080 CCURVE_NO_BROWSER=1
ENTRYPOINT ["python", "app.py"]
HEALTHCHECK --start-interval=1s --start-period=30s CMD ["python", "-c", "import http.client, os; asked = http.client.HTTPConnection(os.environ['CCURVE_HOST'], int(os.environ['CCURVE_PORT']), timeout=5); asked.request('GET', '/healthz'); raise SystemExit(asked.getresponse().status != 200)"]
