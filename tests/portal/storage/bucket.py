"""A real S3 server on this machine (moto's), which checks keys and signatures; and one that never answers."""

import json
import socket
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import boto3
import httpx
from moto.server import ThreadedMotoServer

BUCKET = "papers"
RIGHTS = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}


class Bucket:
    """An address, a bucket in it, and the keys of somebody who may use it."""

    def __init__(self, host: str) -> None:
        self.host, self.base = host, f"http://{host}"
        keys = {"aws_access_key_id": "setting-up", "aws_secret_access_key": "setting-up", "region_name": "us-east-1"}
        iam = boto3.client("iam", endpoint_url=self.base, **keys)
        iam.create_user(UserName="portal")
        iam.put_user_policy(UserName="portal", PolicyName="all", PolicyDocument=json.dumps(RIGHTS))
        made = iam.create_access_key(UserName="portal")["AccessKey"]
        self.key, self.secret = made["AccessKeyId"], made["SecretAccessKey"]
        boto3.client("s3", endpoint_url=self.base, **keys).create_bucket(Bucket=BUCKET)
        httpx.post(f"{self.base}/moto-api/reset-auth", content="0").raise_for_status()  # keys are checked from now on

    def client(self) -> Any:
        """boto3's own client with the portal's key: what lies in the bucket, past our code."""
        keys = {"aws_access_key_id": self.key, "aws_secret_access_key": self.secret, "region_name": "us-east-1"}
        return boto3.client("s3", endpoint_url=self.base, **keys)

    def names(self) -> list[str]:
        pages = self.client().get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
        return [one["Key"] for page in pages for one in page.get("Contents", [])]

    def url(self, *, bucket: str = BUCKET, key: str = "", secret: str = "", more: str = "") -> str:
        """The STORAGE_URL."""
        who = ":".join(quote(part, safe="") for part in (key or self.key, secret or self.secret))
        return f"s3://{who}@{self.host}/{bucket}?region=us-east-1&tls=0&timeout=5{more}"


@contextmanager
def served():
    """`Bucket` of a fresh server on a free port."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        yield Bucket("{}:{}".format(*server.get_host_and_port()))
    finally:
        httpx.post(f"http://{'{}:{}'.format(*server.get_host_and_port())}/moto-api/reset-auth", content="inf")
        server.stop()


@contextmanager
def silent():
    """host:port of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as ear:
        yield f"127.0.0.1:{ear.getsockname()[1]}"
