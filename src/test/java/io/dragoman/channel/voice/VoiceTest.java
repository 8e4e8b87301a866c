// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.voice;

import static io.dragoman.channel.voice.VoiceAccounts.account;
import static io.dragoman.channel.voice.VoiceAccounts.form;
import static io.dragoman.channel.voice.VoiceAccounts.posted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.RecordedCases;
import io.dragoman.connector.Request;
import io.dragoman.contract.ContractTransport;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VoiceTest {
    private static final RecordedCases CASES = RecordedCases.of("channel/voice");

    private final Voice voice = new Voice();

    static Stream<String> cases() throws IOException {
        return CASES.names();
    }

    /** With what the settings are, what the address asks, and the form that Twilio's own SDK signs. */
    @ParameterizedTest
    @MethodSource("cases")
    void readsWhatWasRecorded(String name) throws Exception {
        CASES.check(name, recorded -> {
            JsonNode one = Json.tree(recorded);
            return read(account(one.path("settings")), posted(one.path("query").asText(""), form(one.path("form"))));
        });
    }

    private List<CustomerEvent> read(Account account, Request request) throws Exception {
        return voice.read(account, voice.verify(account, request));
    }

    private String key(String recording) throws Exception {
        JsonNode one = Json.tree(Files.readAllBytes(
                Path.of("src/test/resources/io/dragoman/channel/voice/cases/" + recording + ".in.json")));
        return read(account(one.path("settings")), posted(one.path("query").asText(""), form(one.path("form"))))
                .get(0)
                .key();
    }

    @Test
    @DisplayName("of what is told twice, late and in any order, one event stands: they have one key")
    void whatIsTheSameShouldHaveOneKey() throws Exception {
        assertThat(Stream.of("call", "ended", "ended-forwarded", "dialed-no-answer", "dialed-busy", "dialed-unheard-of")
                        .map(this::sneaky)
                        .distinct())
                .containsExactly("CA000000000000000000000000000000a1");
        // that somebody took the call is told when they do, and keeps what is told at its end from being a missed call
        assertThat(key("leg-answered")).isEqualTo(key("dialed-answered")).isEqualTo(key("ended-forwarded"));
        assertThat(key("recorded")).isEqualTo(key("recording-completed")).isEqualTo(key("recorded-without-sid"));
        assertThat(key("recording-absent")).isNotEqualTo(key("recording-completed"));
        assertThat(key("call-forwarded")).isNotEqualTo(key("dialed-no-answer"));
    }

    private String sneaky(String recording) {
        try {
            return key(recording);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From=%2B4917000",
                "CallSid=with+words",
                "CallSid=CA1&RecordingStatus=completed",
                "CallSid=CA1&RecordingStatus=completed&RecordingSid=RE1&RecordingDuration=3",
                "TranscriptionSid=TR1&TranscriptionText=hi&RecordingSid=RE1",
                "MessageSid=SM1&From=%2B4917000&Body=hi"
            })
    void whatTellsNothingOfACallIsUnreadableAndEndsTheCall(String body) throws Exception {
        Map<String, String> form = new LinkedHashMap<>();
        io.dragoman.connector.kit.ReceivedForm.parse(body).firsts().forEach(form::put);
        Request request = posted("", form);
        assertThatThrownBy(() -> read(account(), request)).isInstanceOf(MalformedPayload.class);
        assertThat(voice.acknowledge(account(), request).body())
                .contains("<Response>")
                .doesNotContain("<Say");
    }

    @Test
    void callerInTheAddressIsSigned() throws Exception {
        Map<String, String> form = Map.of("CallSid", "CA1", "RecordingSid", "RE1", "RecordingStatus", "absent");
        Request signed = posted("caller=%2B4917000", form);
        Request other = new Request(
                signed.origin(),
                "POST",
                signed.path(),
                "caller=%2B4917001",
                signed.headers(),
                signed.body(),
                signed.receivedAt());
        assertThat(read(account(), signed)).hasSize(1);
        assertThatThrownBy(() -> read(account(), other)).isInstanceOf(AuthenticationFailed.class);
    }

    @Test
    void recordingIsAwaitedForSomeMinutesAndThenGone() {
        for (int[] minutesAndStatus : new int[][] {{0, 404}, {14, 404}, {16, 404}, {0, 410}}) {
            Clock later = Clock.fixed(VoiceAccounts.NOW.plus(Duration.ofMinutes(minutesAndStatus[0])), ZoneOffset.UTC);
            boolean again = minutesAndStatus[0] < 15 && minutesAndStatus[1] == 404;
            Outcome outcome = fetch(FakeProvider.answering(minutesAndStatus[1], Map.of(), "{}"), later);
            if (again) {
                assertThat(outcome).isInstanceOfSatisfying(Outcome.Retry.class, retry -> assertThat(retry.after())
                        .isEqualTo(Duration.ofSeconds(5)));
            } else {
                assertThat(outcome)
                        .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                                .isEqualTo(Reason.MEDIA_REFUSED));
            }
        }
    }

    private Outcome fetch(FakeProvider provider, Clock clock) {
        try (provider) {
            URI source = provider.baseUrl().resolve("/2010-04-01/Accounts/AC01/Recordings/RE1.mp3");
            Part.Media media = Part.Media.incoming(MediaKind.AUDIO, "audio/mpeg", null, null, source.toString());
            Request origin = posted("", Map.of("CallSid", "CA1"));
            Account account = account("baseUrl", provider.baseUrl().toString());
            return voice.fetch(account, media, origin, new ContractTransport(Duration.ofSeconds(10), clock) {});
        }
    }

    @Test
    void nothingReachesACaller() {
        ToCustomer message = new ToCustomer(
                "delivery-1",
                "message-1",
                "conversation-1",
                "+4917000",
                List.of(new Part.Text("hi")),
                null,
                null,
                List.of(),
                "Mara",
                false);
        assertThat(voice.send(account(), message, new PlainTransport()))
                .isEqualTo(new Outcome.Refused(
                        Reason.UNSUPPORTED,
                        "no text reaches a caller: call back, or write to the number on another channel"));
    }

    @Test
    void problemsNameTheSettingAndTheRemedy() {
        assertThat(voice.problems(
                        account("number", "+15550100", "forwardTo", "+4930111", "voice", "Polly.Vicki-Neural")))
                .isEmpty();
        assertThat(problem("number", "0049 170")).startsWith("number must be a number such as");
        assertThat(problem("forwardTo", "sip:a")).startsWith("forwardTo must be a number such as");
        assertThat(problem("language", "German!")).startsWith("language must be a language such as de-DE");
        assertThat(problem("voice", "a b")).startsWith("voice must be a voice such as");
        assertThat(problem("longestVoicemail", "2h")).isEqualTo("longestVoicemail must be from 1s to 1h.");
        assertThat(problem("ringFor", "1s")).isEqualTo("ringFor must be from 5s to 10m.");
        assertThat(problem("accountSid", "SK1")).startsWith("accountSid must be");
        assertThat(voice.problems(account("number", "+4930111", "forwardTo", "+4930111")))
                .containsExactly("forwardTo must not be number: it would call itself.");
        assertThat(voice.problems(account(Map.of("accountSid", "AC1"))))
                .anyMatch(text -> text.startsWith("authToken is missing."))
                .anyMatch(text -> text.contains("needed to fetch recordings"));
    }

    private String problem(String... changes) {
        List<String> problems = voice.problems(account(changes));
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }
}
