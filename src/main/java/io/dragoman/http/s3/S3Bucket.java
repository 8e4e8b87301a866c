// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.s3;

import io.dragoman.connector.Secret;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.FileEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The calls of the S3 API that keeping objects takes, by path-style addresses. Each is one request. Thread-safe. */
public final class S3Bucket implements AutoCloseable {
    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    /** Between two bytes, too. */
    private static final Timeout ANSWER = Timeout.ofSeconds(30);

    private static final int LONGEST_ERROR = 16 * 1024;
    private static final int CONNECTIONS = 64;

    private final HttpHost host;
    private final String bucket;
    private final String root;
    private final SignatureV4 signature;
    private final Clock clock;
    private final CloseableHttpClient http;

    /**
     * A bucket that must be there; nothing is asked before it is used.
     *
     * @param prefix what the keys of all objects begin with
     */
    public S3Bucket(
            URI endpoint,
            String bucket,
            String prefix,
            String region,
            String accessKey,
            Secret secretKey,
            Clock clock) {
        this.host = new HttpHost(endpoint.getScheme(), endpoint.getHost(), endpoint.getPort());
        this.bucket = bucket;
        this.root = endpoint.getRawPath() + "/" + bucket + "/" + prefix;
        this.signature = new SignatureV4(region, accessKey, secretKey);
        this.clock = clock;
        this.http = HttpClients.custom()
                .setConnectionManager(connections())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(ANSWER)
                        .setResponseTimeout(ANSWER)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableAuthCaching()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
    }

    private static HttpClientConnectionManager connections() {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(ANSWER)
                        .build())
                .build();
    }

    String name() {
        return bucket;
    }

    /** Returns when the object is durable there; the store itself compares the bytes with their hash. */
    void put(String key, Path file, String sha256) throws IOException {
        HttpEntity body = new FileEntity(file.toFile(), ContentType.APPLICATION_OCTET_STREAM);
        try (ClassicHttpResponse response = send("PUT", key, body, sha256)) {
            demand(response);
        }
    }

    /**
     * Opens an object.
     *
     * @throws NoSuchFileException when there is none
     */
    InputStream get(String key) throws IOException {
        ClassicHttpResponse response = send("GET", key, null, SignatureV4.EMPTY);
        try {
            demand(response);
            if (response.getEntity() == null) {
                throw new IOException("the bucket " + bucket + " answered without a body");
            }
            return new Body(response);
        } catch (S3Refused e) {
            throw e.isMissing() ? new NoSuchFileException(key) : e;
        } finally {
            if (response.getCode() != 200) {
                response.close();
            }
        }
    }

    /** How many bytes an object has; -1 when there is none. */
    long size(String key) throws IOException {
        try (ClassicHttpResponse response = send("HEAD", key, null, SignatureV4.EMPTY)) {
            if (response.getCode() == 404) {
                return -1;
            }
            demand(response);
            return Long.parseLong(response.getFirstHeader("Content-Length").getValue());
        }
    }

    /** When an object was last written, by the store's clock; long ago where there is none. */
    Instant changed(String key) throws IOException {
        try (ClassicHttpResponse response = send("HEAD", key, null, SignatureV4.EMPTY)) {
            if (response.getCode() == 404) {
                return Instant.EPOCH;
            }
            demand(response);
            Header changed = response.getFirstHeader("Last-Modified");
            Instant at = changed == null ? null : DateUtils.parseStandardDate(changed.getValue());
            if (at == null) {
                throw new IOException("the bucket does not tell when an object was written (Last-Modified)");
            }
            return at;
        }
    }

    /** Removes an object; there may be none. */
    void delete(String key) throws IOException {
        try (ClassicHttpResponse response = send("DELETE", key, null, SignatureV4.EMPTY)) {
            demand(response);
        } catch (S3Refused e) {
            if (!e.isMissing()) {
                throw e;
            }
        }
    }

    private ClassicHttpResponse send(String method, String key, @Nullable HttpEntity body, String sha256)
            throws IOException {
        String path = root + key;
        HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(path));
        request.setEntity(body);
        signature
                .sign(method, path, Map.of("host", host.toHostString()), sha256, clock.instant())
                .forEach((name, value) -> {
                    if (!name.equals("host")) { // the client's to set, with the same value
                        request.setHeader(name, value);
                    }
                });
        return http.executeOpen(host, request, null);
    }

    private void demand(ClassicHttpResponse response) throws IOException {
        if (response.getCode() < 200 || response.getCode() > 299) {
            HttpEntity body = response.getEntity();
            String said = "";
            if (body != null) {
                try (InputStream in = body.getContent()) {
                    said = new String(in.readNBytes(LONGEST_ERROR), StandardCharsets.UTF_8);
                }
            }
            throw S3Refused.of(bucket, response.getCode(), said);
        }
    }

    @Override
    public void close() {
        http.close(CloseMode.GRACEFUL);
    }

    /** An object's bytes, which hold a connection until they are closed. */
    private static final class Body extends FilterInputStream {
        private final ClassicHttpResponse response;

        Body(ClassicHttpResponse response) throws IOException {
            super(response.getEntity().getContent());
            this.response = response;
        }

        /** What was not read is not read any more. */
        @Override
        public void close() throws IOException {
            response.close();
        }
    }
}
