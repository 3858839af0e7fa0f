# The front end, the wheel, and the image that serves: the last holds neither Node nor build tools.

FROM node:24-slim AS pages
WORKDIR /src/app/ui
COPY app/ui/package.json app/ui/package-lock.json app/ui/.npmrc ./
RUN npm ci --ignore-scripts
COPY app/ui/vite.config.js ./
COPY app/ui/src ./src
RUN npm run build

FROM python:3.13-slim AS wheel
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements-build.lock \
 && python -m venv /opt/styr \
 && /opt/styr/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml hatch_build.py README.md LICENSE NOTICE ./
COPY app ./app
COPY bpmn ./bpmn
COPY forms ./forms
COPY workflows ./workflows
COPY --from=pages /src/app/shell/static/dist ./app/shell/static/dist
RUN python -m hatchling build --target wheel --directory /tmp/wheel \
 && /opt/styr/bin/pip install --no-cache-dir --no-deps /tmp/wheel/*.whl

FROM python:3.13-slim
RUN useradd --no-create-home --uid 10001 styr && install --directory --owner styr /var/lib/styr
COPY --from=wheel /opt/styr /opt/styr
# gunicorn keeps a socket in its home: a place that may be written also where the image is read-only
ENV PATH=/opt/styr/bin:$PATH HOME=/tmp PYTHONUNBUFFERED=1 STYR_VAR=/var/lib/styr
USER styr
WORKDIR /var/lib/styr
VOLUME /var/lib/styr
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["styr", "serve", "--host", "0.0.0.0", "--port", "8000", "--var", "/var/lib/styr"]
