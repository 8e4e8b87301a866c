// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.dragoman.TestClock;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Jwks;
import io.dragoman.connector.JwksSource;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Trust;
import io.dragoman.contract.FakeProvider;
import io.dragoman.simulator.teams.TeamsSimulator;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys from a server, by a clock of the test's. */
final class JwksCacheTest {
    private static final String OTHER = "{\"keys\":[" + key().toPublicJWK().toJSONString() + "]}";

    private final TestClock clock = TestClock.at(Instant.parse("2026-11-21T10:00:00Z"));
    private final TeamsSimulator issuer = new TeamsSimulator(0);
    private final JwksSource source =
            new JwksSource(URI.create(issuer.settings().get("openIdUrl")), true, Trust.SYSTEM);
    private final Clocked transport = new Clocked();
    private final JwksCache cache = new JwksCache(transport, Runnable::run);

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("other").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    /** The test's clock for real HTTP. */
    private final class Clocked extends PlainTransport {
        private final Clock time = clock;

        @Override
        public Clock clock() {
            return time;
        }

        @Override
        public Response http(HttpCall call) throws TransportFailure {
            assertThat(call.authorization()).isNull();
            return super.http(call);
        }
    }

    private int fetches() {
        return (int) transport.calls().stream()
                .filter(call -> call.uri().getPath().endsWith("/openidconfiguration"))
                .count();
    }

    @Test
    void keysShouldBeKeptForADay() {
        Jwks first = cache.get(source).join();
        assertThat(first.size()).isEqualTo(1);
        clock.move(Duration.ofHours(23));
        assertThat(cache.get(source).join()).isSameAs(first);
        assertThat(fetches()).isEqualTo(1);
        clock.move(Duration.ofHours(2));
        assertThat(cache.get(source).join())
                .as("used while newer ones are fetched")
                .isSameAs(first);
        assertThat(fetches()).isEqualTo(2);
        assertThat(cache.get(source).join()).isNotSameAs(first);
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    void oldKeysShouldHelpOverADayWithoutAnAnswerAndNoLonger() {
        Jwks first = cache.get(source).join();
        clock.move(Duration.ofHours(47));
        issuer.answerNext(500, Map.of(), "{}");
        assertThat(cache.get(source).join()).isSameAs(first);
        clock.move(Duration.ofHours(2));
        issuer.answerNext(500, Map.of(), "{}");
        CompletableFuture<Jwks> none = cache.get(source);
        assertThatThrownBy(none::join).hasCauseInstanceOf(JwksCache.Unavailable.class);
    }

    @Test
    void unknownKeyShouldCauseOneFetchAnHour() {
        Jwks first = cache.get(source).join();
        Jwks second = cache.newer(source, first).join();
        assertThat(second).isNotSameAs(first);
        for (int i = 0; i < 100; i++) {
            assertThat(cache.newer(source, second).join()).isSameAs(second);
        }
        assertThat(fetches()).isEqualTo(2);
        assertThat(cache.newer(source, first).join())
                .as("the older set was renewed")
                .isSameAs(second);
        clock.move(Duration.ofMinutes(61));
        assertThat(cache.newer(source, second).join()).isNotSameAs(second);
        assertThat(fetches()).isEqualTo(3);
    }

    @Test
    void keyThatWasChangedShouldBeFound() {
        Jwks first = cache.get(source).join();
        String metadata = "{\"jwks_uri\":\"" + issuer.baseUrl() + "/v1/.well-known/keys\"}";
        issuer.answerNext(200, Map.of(), metadata);
        issuer.answerNext(200, Map.of(), OTHER);
        assertThat(first.find("other")).isEmpty();
        assertThat(cache.newer(source, first).join().find("other")).isPresent();
    }

    @Test
    void keysThatCannotBeRenewedShouldStay() {
        Jwks first = cache.get(source).join();
        issuer.answerNext(503, Map.of(), "{}");
        assertThat(cache.newer(source, first).join()).isSameAs(first);
        assertThat(cache.get(source).join()).isSameAs(first);
    }

    @Test
    void failureShouldNotBeRepeatedAtOnce() {
        for (String answer : List.of("<html>", "{}", "{\"keys\":[]}", "{\"jwks_uri\":\"\"}", "{\"jwks_uri\":\"::\"}")) {
            issuer.answerNext(200, Map.of(), answer);
            int before = fetches();
            for (int i = 0; i < 3; i++) {
                CompletableFuture<Jwks> none = cache.get(source);
                assertThatThrownBy(none::join).as(answer).hasCauseInstanceOf(JwksCache.Unavailable.class);
            }
            assertThat(fetches()).as(answer).isEqualTo(before + 1);
            clock.move(Duration.ofSeconds(11));
        }
        assertThat(cache.get(source).join().size()).isEqualTo(1);
    }

    @Test
    void oneFetchShouldServeAllThatWait() {
        Queue<Runnable> held = new ArrayDeque<>();
        JwksCache waiting = new JwksCache(transport, held::add);
        List<CompletableFuture<Jwks>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(waiting.get(source));
        }
        assertThat(all).noneMatch(CompletableFuture::isDone);
        assertThat(held).hasSize(1);
        held.remove().run();
        assertThat(all).allMatch(one -> one.isDone() && !one.isCompletedExceptionally());
        assertThat(fetches()).isEqualTo(1);
    }

    /** The operator vouches for what is configured, not for what that names. */
    @Test
    void addressThatMetadataNameShouldBeGuarded() {
        try (FakeProvider elsewhere = FakeProvider.answering(200, Map.of(), OTHER)) {
            issuer.answerNext(200, Map.of(), "{\"jwks_uri\":\"" + elsewhere.baseUrl() + "/keys\"}");
            assertThat(cache.get(source).join().find("other")).isPresent();
            assertThat(transport.calls()).extracting(HttpCall::isTrusted).containsExactly(true, false);
        }
    }

    @Test
    void keySetItselfShouldDo() {
        JwksSource set = new JwksSource(issuer.baseUrl().resolve("/v1/.well-known/keys"), false, Trust.SYSTEM);
        assertThat(cache.get(set).join().size()).isEqualTo(1);
    }
}
