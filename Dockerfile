# One image for web, worker and beat; docker-compose.yml says which is which. No secret is in it.
FROM python:3.12-slim AS packages
WORKDIR /app
COPY requirements.lock requirements-ocr.lock ./
# The recogniser of papers comes with it: --build-arg OCR=0 leaves it out, and everything is typed by hand.
ARG OCR=1
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock
RUN [ "$OCR" = 0 ] || /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements-ocr.lock

FROM python:3.12-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DEBUG=0 VAR_DIR=/data
RUN useradd --uid 10001 --create-home kaitong && install -d -o kaitong -g kaitong /data
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
# Collecting needs settings, not secrets: throw-away values that live for this one command.
RUN export BROKER_URL=memory:// SECRET_KEY=build INDEX_KEY=build ANCHOR_KEY=build DATA_KEYS=build:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    && python manage.py messages --compile \
    && python manage.py collectstatic --noinput \
    && python -m compileall -q portal onboarding devices support desk
USER kaitong
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "scripts/probe.py"]
CMD ["gunicorn", "portal.wsgi:application", "--config", "gunicorn.conf.py", "--bind", "0.0.0.0:8000", "--workers", "2", \
     "--worker-class", "gthread", "--threads", "8", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
