// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import io.dragoman.connector.Secret;
import io.dragoman.connector.StoredBlob;
import io.dragoman.http.server.MediaBody;
import io.dragoman.store.StoreException;
import io.dragoman.store.blob.MediaStore;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Media in a bucket whose server checks every signature. */
final class S3MediaTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final String NAME = S3Stub.sha256(HELLO);
    private static final String KEY = "shop/" + NAME.substring(0, 2) + "/" + NAME.substring(2, 4) + "/" + NAME;

    @TempDir
    private Path folder;

    private S3Stub stub;
    private S3Media media;

    @BeforeEach
    void start() throws IOException {
        stub = new S3Stub();
        media = media(stub.endpoint(), S3Stub.BUCKET, "eu-central-1", S3Stub.ACCESS, S3Stub.SECRET);
    }

    @AfterEach
    void stop() {
        media.close();
        stub.close();
    }

    @Test
    void whatIsKeptShouldBeAnObjectThatCanBeReadAndDeleted() throws Exception {
        StoredBlob blob = media.keep(new ByteArrayInputStream(HELLO), "text/plain", 5);
        assertThat(blob).isEqualTo(new StoredBlob(NAME, 5, "text/plain"));
        assertThat(stub.objects).containsOnlyKeys(KEY).containsEntry(KEY, HELLO);
        assertThat(media.content(NAME)).hasValue(new MediaStore.Content(5, null));
        assertThat(media.size(NAME)).isEqualTo(5);
        assertThat(media.read(NAME)).isEqualTo(HELLO);
        assertThat(files()).isEmpty();
        media.delete(NAME);
        assertThat(stub.objects).isEmpty();
        assertThat(media.content(NAME)).isEmpty();
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> media.open(NAME));
        assertThat(media.problem()).isNull();
    }

    @Test
    void whatCameAgainSinceShouldNotBeDeletedForItsAge() throws Exception {
        media.keep(new ByteArrayInputStream(HELLO), "text/plain", 5);
        assertThat(media.deleteOlder(NAME, Instant.now().minusSeconds(3600))).isFalse();
        assertThat(stub.objects).containsOnlyKeys(KEY);
        assertThat(media.deleteOlder(NAME, Instant.now().plusSeconds(3600))).isTrue();
        assertThat(stub.objects).isEmpty();
        assertThat(media.deleteOlder(NAME, Instant.now())).as("gone already").isTrue();
    }

    @Test
    void keptShouldMeanThatTheStoreHasAnswered() throws Exception {
        stub.hold();
        Thread keeping = new Thread(() -> {
            try {
                media.keep(new ByteArrayInputStream(HELLO), "text/plain", 5);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        keeping.start();
        keeping.join(500);
        assertThat(keeping.isAlive()).isTrue();
        stub.release();
        keeping.join(Duration.ofSeconds(30).toMillis());
        assertThat(keeping.isAlive()).isFalse();
        assertThat(stub.objects).containsKey(KEY);
    }

    @Test
    void moreThanIsAllowedShouldNotBeSent() throws Exception {
        assertThatExceptionOfType(MediaStore.TooLarge.class)
                .isThrownBy(() -> media.keep(new ByteArrayInputStream(HELLO), "text/plain", 4));
        assertThat(stub.asked.get()).isZero();
        assertThat(files()).isEmpty();
    }

    @Test
    void storeThatIsSlowForAMomentShouldBeAskedAgain() throws Exception {
        stub.slow.set(2);
        media.keep(new ByteArrayInputStream(HELLO), "text/plain", 5);
        assertThat(stub.objects).containsKey(KEY);
        assertThat(media.problem()).isNull();
    }

    @Test
    void storeThatStaysAwayShouldBeNamedAndNothingKept() throws Exception {
        stub.slow.set(100);
        assertThatExceptionOfType(MediaStore.Unavailable.class)
                .isThrownBy(() -> media.keep(new ByteArrayInputStream(HELLO), "text/plain", 5))
                .withMessage("the bucket media-of-the-test answered 503 SlowDown");
        assertThat(media.problem()).isEqualTo("the bucket media-of-the-test answered 503 SlowDown");
        stub.close();
        assertThatExceptionOfType(MediaStore.Unavailable.class)
                .isThrownBy(() -> media.keep(new ByteArrayInputStream(HELLO), "text/plain", 5))
                .withMessageContaining("cannot be reached");
        assertThat(files()).isEmpty();
    }

    @Test
    void objectThatEndsInItsMiddleShouldNotBeTakenForWhole() throws Exception {
        media.keep(new ByteArrayInputStream(HELLO), "text/plain", 5);
        stub.truncating();
        assertThatIOException().isThrownBy(() -> media.read(NAME));
    }

    @Test
    void largeMediaShouldStreamToWhoAsksForIt() throws Exception {
        byte[] large = new byte[5_000_000];
        new Random(1).nextBytes(large);
        String name = media.keep(new ByteArrayInputStream(large), "image/png", large.length)
                .sha256();
        Vertx vertx = Vertx.vertx();
        try {
            HttpServer server = vertx.createHttpServer()
                    .requestHandler(request ->
                            MediaBody.send(media, name, new MediaStore.Content(large.length, null), request.response()))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            HttpRequest get = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/"))
                    .build();
            HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(get, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(Arrays.equals(answer.body(), large)).isTrue();
            stub.truncating();
            assertThatIOException()
                    .isThrownBy(() -> HttpClient.newHttpClient().send(get, HttpResponse.BodyHandlers.ofByteArray()));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    @Test
    void checkShouldLeaveNothing() throws Exception {
        Files.write(folder.resolve("left by a crash"), HELLO);
        media.check("gateway-1");
        assertThat(stub.objects).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void whatIsWrongShouldBeSaidAtTheStartWithWhatToDo() {
        wrong(S3Stub.BUCKET, "eu-central-1", "another", S3Stub.SECRET, "does not know store.s3.accessKey");
        wrong(S3Stub.BUCKET, "eu-central-1", S3Stub.ACCESS, new Secret("x"), "store.s3.secretKey is not the secret");
        wrong("another", "eu-central-1", S3Stub.ACCESS, S3Stub.SECRET, "404 NoSuchBucket: there is no such bucket");
        wrong(S3Stub.BUCKET, "us-east-1", S3Stub.ACCESS, S3Stub.SECRET, "another region, eu-central-1");
        stub.readOnly();
        wrong(S3Stub.BUCKET, "eu-central-1", S3Stub.ACCESS, S3Stub.SECRET, "may not do this");
    }

    @Test
    void bucketThatIsGoneShouldNotBeTakenForMediaThatIsGone() {
        try (S3Media one = media(stub.endpoint(), "another", "eu-central-1", S3Stub.ACCESS, S3Stub.SECRET)) {
            assertThatIOException()
                    .isThrownBy(() -> one.open(NAME))
                    .isNotInstanceOf(NoSuchFileException.class)
                    .withMessageContaining("NoSuchBucket");
            assertThatIOException().isThrownBy(() -> one.delete(NAME)).withMessageContaining("NoSuchBucket");
            assertThat(one.problem()).contains("NoSuchBucket");
        }
    }

    @Test
    void storeThatIsAwayShouldNotKeepTheGatewayFromStarting() {
        stub.close();
        media.check("gateway-1");
        assertThat(media.problem()).contains("cannot be reached");
    }

    private void wrong(String bucket, String region, String access, Secret secret, String why) {
        try (S3Media one = media(stub.endpoint(), bucket, region, access, secret)) {
            assertThatExceptionOfType(StoreException.Unusable.class)
                    .isThrownBy(() -> one.check("gateway-1"))
                    .withMessageStartingWith("store.s3: the bucket " + bucket + " answered ")
                    .withMessageContaining(why)
                    .withMessageNotContaining(S3Stub.ACCESS);
        }
    }

    private S3Media media(URI endpoint, String bucket, String region, String access, Secret secret) {
        return new S3Media(new S3Bucket(endpoint, bucket, "shop/", region, access, secret, Clock.systemUTC()), folder);
    }

    /** A whole server of others' making, looked into without our client. */
    @Test
    void mediaShouldBeTheSameForAnotherServer() throws Exception {
        LocalS3 server = LocalS3.builder().port(-1).mode(LocalS3Mode.IN_MEMORY).build();
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getPort());
        HttpClient client = HttpClient.newHttpClient();
        try (S3Media there = media(endpoint, S3Stub.BUCKET, "eu-central-1", S3Stub.ACCESS, S3Stub.SECRET)) {
            assertThatExceptionOfType(StoreException.Unusable.class)
                    .isThrownBy(() -> there.check("gateway-1"))
                    .withMessageContaining("there is no such bucket");
            HttpRequest make = HttpRequest.newBuilder(endpoint.resolve("/" + S3Stub.BUCKET))
                    .PUT(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(client.send(make, HttpResponse.BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
            there.check("gateway-1");
            there.keep(new ByteArrayInputStream(HELLO), "text/plain", 5);
            HttpRequest get = HttpRequest.newBuilder(endpoint.resolve("/" + S3Stub.BUCKET + "/" + KEY))
                    .build();
            assertThat(client.send(get, HttpResponse.BodyHandlers.ofByteArray()).body())
                    .isEqualTo(HELLO);
            assertThat(there.read(NAME)).isEqualTo(HELLO);
            assertThat(there.size(NAME)).isEqualTo(5);
            there.delete(NAME);
            assertThat(there.content(NAME)).isEmpty();
            assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> there.open(NAME));
        } finally {
            server.shutdown();
        }
    }

    private java.util.List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
