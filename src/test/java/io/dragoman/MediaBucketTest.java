// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dragoman.config.S3Settings;
import io.dragoman.config.TestSettings;
import io.dragoman.connector.Secret;
import io.dragoman.http.s3.S3Stub;
import io.dragoman.rules.Decision;
import io.dragoman.store.Events;
import io.dragoman.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose media and large bodies are in a bucket. */
final class MediaBucketTest {
    private static final String LARGE =
            "[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"" + "long ".repeat(60_000) + "\"}]";

    @TempDir
    private Path data;

    private S3Stub bucket;

    @BeforeEach
    void start() throws Exception {
        bucket = new S3Stub();
    }

    @AfterEach
    void stop() {
        bucket.close();
    }

    @Test
    void largeBodyShouldBeInTheBucketBeforeItIsAcknowledged() throws Exception {
        try (TestGateway test = gateway(bucket.settings())) {
            assertThat(test.post(LARGE)).isEqualTo(200);
            assertThat(bucket.objects.values()).singleElement().isEqualTo(LARGE.getBytes(StandardCharsets.UTF_8));
            TestGateway.await(
                    "the journey",
                    () -> test.gateway.store().read(tx -> tx.events().counts()).stream()
                            .anyMatch(count -> count.state() == Events.State.DONE));
            String event = test.gateway
                    .store()
                    .read(tx -> tx.events().messages(0, "", 1))
                    .get(0)
                    .id();
            assertThat(test.admin("GET", "/api/v1/raw/" + event, null).body()).isEqualTo(LARGE);
        }
        try (var files = Files.walk(data.resolve("media"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void whatTheBucketDoesNotTakeShouldNotBeAcknowledged() throws Exception {
        try (TestGateway test = gateway(bucket.settings())) {
            bucket.slow.set(1_000);
            assertThat(test.post(LARGE)).isEqualTo(503);
            List<Events.Count> stored =
                    test.gateway.store().read(tx -> tx.events().counts());
            assertThat(stored).isEmpty();
            assertThat(test.post("[{\"id\":\"m2\",\"from\":\"ana\",\"text\":\"short\"}]"))
                    .isEqualTo(200);
            assertThat(test.admin("/health/ready").toString()).contains("answered 503 SlowDown");
            bucket.slow.set(0);
            assertThat(test.post(LARGE)).isEqualTo(200);
        }
    }

    @Test
    void gatewayWithAWrongKeyShouldNotStart() {
        S3Settings s3 = bucket.settings();
        S3Settings wrong = new S3Settings(
                s3.endpoint(), s3.bucket(), s3.prefix(), s3.region(), s3.accessKey(), new Secret("wrong"));
        assertThatExceptionOfType(StoreException.Unusable.class)
                .isThrownBy(() -> gateway(wrong))
                .withMessageContaining("store.s3.secretKey is not the secret of store.s3.accessKey");
    }

    private TestGateway gateway(S3Settings s3) throws Exception {
        return new TestGateway(
                data,
                situation -> Decision.NOTHING,
                new TestChannel(),
                new TestDesk(),
                setup -> setup.with(TestSettings.with(setup.settings(), s3)));
    }
}
