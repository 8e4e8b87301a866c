// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.channel.route.RouteChannel;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.ConversationPolicy;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Side;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import io.dragoman.store.Store;
import io.dragoman.store.TestStore;
import io.dragoman.work.CallLimits;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Media behind a link that an agent or a route named. */
final class MediaAccessTest {
    private static final int LARGEST = 1000;

    private static final ConfiguredAccount CHANNEL = new ConfiguredAccount(
            new Account(
                    Side.CHANNEL,
                    "own",
                    "route",
                    Map.of(),
                    false,
                    new Account.Installation(URI.create("http://localhost"), new Secret("key"))),
            new RouteChannel());

    private static final AgentFiles NO_DESKS = new AgentFiles(
            new ConnectorRegistry(new ConfiguredAccounts(
                    Map.of(), Map.of(), new ConversationPolicy(null, Duration.ofDays(7), Duration.ofSeconds(5)))),
            link -> Optional.empty());

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 403, 404, 410, 429, 500, 502, 503})
    @DisplayName("what a stranger's server answers says nothing of the channel")
    void answerOfAStrangerShouldNotCountAgainstTheChannel(int status) throws Exception {
        try (FakeProvider stranger = FakeProvider.answering(status, Map.of(), "")) {
            Outcome outcome = fetch(stranger.baseUrl().resolve("/picture.png"));

            assertThat(outcome.toString()).contains("the media's server answered " + status);
            assertThat(reason(outcome)).isEqualTo(Reason.MEDIA_REFUSED);
            boolean passes = status == 429 || status >= 500;
            assertThat(outcome).isInstanceOf(passes ? Outcome.Retry.class : Outcome.Refused.class);
        }
    }

    @Test
    @DisplayName("nor does a server that cannot be reached")
    void strangerThatIsAwayShouldNotCountAgainstTheChannel() throws Exception {
        FakeProvider away = FakeProvider.answering(200, Map.of(), "");
        away.close();

        Outcome outcome = fetch(away.baseUrl().resolve("/picture.png"));

        assertThat(outcome).isInstanceOf(Outcome.Retry.class);
        assertThat(reason(outcome)).isEqualTo(Reason.MEDIA_REFUSED);
    }

    @Test
    @DisplayName("a file that is too large fails at once, and says nothing of the channel either")
    void fileThatIsTooLargeShouldFailAtOnce() throws Exception {
        try (FakeProvider stranger = FakeProvider.answering(200, Map.of(), "x".repeat(LARGEST + 1))) {
            Outcome outcome = fetch(stranger.baseUrl().resolve("/picture.png"));

            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            assertThat(reason(outcome)).isEqualTo(Reason.TOO_LARGE);
        }
    }

    private Outcome fetch(URI link) throws Exception {
        try (TestStore test = TestStore.sqlite(folder);
                Store store = test.open(failure -> {})) {
            Part.Media media = new Part.Media(MediaKind.IMAGE, "image/png", null, null, null, "m1", link.toString());
            // by another connection, which asks for no message around it
            try (Connection connection = test.connect();
                    PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO media(id,message,part,state) VALUES('m1','message',?,'PENDING')")) {
                insert.setString(1, Json.write(media));
                insert.executeUpdate();
            }
            MediaAccess access = new MediaAccess(
                    store,
                    new PlainTransport(),
                    id -> id,
                    name -> new byte[0],
                    NO_DESKS,
                    new CallLimits(Clock.systemUTC()),
                    LARGEST);
            return access.fetch(CHANNEL, "m1");
        }
    }

    private static Reason reason(Outcome outcome) {
        Reason reason = outcome instanceof Outcome.Retry retry ? retry.reason() : ((Outcome.Refused) outcome).reason();
        assertThat(CircuitBreakers.itsOwn(reason)).isFalse();
        return reason;
    }
}
