// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestClock;
import io.dragoman.connector.Account;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.Part;
import io.dragoman.simulator.twilio.TwilioSimulator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was perhaps sent is found in Twilio's list, or surely not, and never taken for another message. */
final class TwilioLookUpTest {
    private static final String ANA = "+4917000001";

    private final TwilioSimulator twilio = new TwilioSimulator(0);
    private final Twilio connector = new Twilio();
    private final Set<String> known = new HashSet<>();
    private final ShiftedWire transport = new ShiftedWire();

    @AfterEach
    void close() {
        twilio.close();
    }

    @Test
    void aMessageWhoseAnswerWasLostIsFound() {
        Instant since = transport.clock().instant();
        twilio.loseNextAnswer();
        assertThat(send("hello, Ana")).isInstanceOf(Outcome.Uncertain.class);
        assertThat(lookUp("hello, Ana", since)).isEqualTo(new DeliveryLookup.Found(onlyId()));
        known.add(onlyId());
        transport.clock.set(Instant.now().plus(Duration.ofMinutes(3)));
        assertThat(lookUp("hello, Ana", since))
                .as("a message that we know is another")
                .isNotInstanceOf(DeliveryLookup.Found.class);
    }

    @Test
    void anOlderIdenticalMessageIsNotTakenForThisOne() {
        Instant started = Instant.now();
        send("ok");
        known.add(onlyId());
        transport.clock.set(Instant.now().plus(Duration.ofMinutes(10)));
        Account late = account();
        Instant since = transport.clock().instant();
        transport.clock.set(Instant.now().plus(Duration.ofMinutes(20)));
        assertThat(connector.lookUp(late, message("ok"), since, known::contains, transport))
                .isEqualTo(new DeliveryLookup.Absent());
        // also when its id was never learnt: it was made before this attempt began, by Twilio's own clock
        assertThat(connector.lookUp(late, message("ok"), started.plusSeconds(60), id -> false, new PlainTransport()))
                .isNotInstanceOf(DeliveryLookup.Found.class);
    }

    @Test
    void absenceIsBelievedOnlyWhenTwilioMustBeThrough() {
        Instant since = transport.clock().instant();
        assertThat(lookUp("never sent", since))
                .isInstanceOfSatisfying(DeliveryLookup.Unknown.class, unknown -> assertThat(unknown.later())
                        .isBetween(SentMessages.SETTLED.minusSeconds(20), SentMessages.SETTLED));
        assertThat(lookUp("never sent", since.minus(SentMessages.SETTLED))).isEqualTo(new DeliveryLookup.Absent());
    }

    @Test
    void clocksThatDifferDoNotHideIt() {
        transport.clock.set(Instant.now().plus(Duration.ofHours(5)));
        Instant since = transport.clock().instant();
        twilio.loseNextAnswer();
        send("hello");
        assertThat(lookUp("hello", since)).isEqualTo(new DeliveryLookup.Found(onlyId()));
    }

    @Test
    void otherWordsNumbersAndDirectionsAreOthers() {
        Instant since = transport.clock().instant().minus(SentMessages.SETTLED);
        send("something else");
        connector.send(account(), message("+4917000002", "hello"), transport);
        twilio.customerWrites(account().callback(), ANA, "hello");
        assertThat(lookUp("hello", since)).isEqualTo(new DeliveryLookup.Absent());
    }

    @Test
    void charactersThatTwilioReplacesDoNotHideIt() {
        Instant since = transport.clock().instant();
        send("It's \"fine\" - 10 euros...");
        assertThat(lookUp("It’s “fine” – 10 euros…", since)).isEqualTo(new DeliveryLookup.Found(onlyId()));
        assertThat(lookUp("👍", since.minus(SentMessages.SETTLED))).isEqualTo(new DeliveryLookup.Absent());
    }

    @Test
    void itIsFoundBehindManyOthers() {
        Instant since = transport.clock().instant();
        send("the one");
        String id = onlyId();
        for (int i = 0; i < 450; i++) {
            twilio.listed("+15550100", ANA, "outbound-api", "another " + i, Instant.now());
        }
        assertThat(lookUp("the one", since)).isEqualTo(new DeliveryLookup.Found(id));
        assertThat(transport.calls()).hasSizeGreaterThan(3);
    }

    @Test
    void aTemplateIsNotGuessed() {
        twilio.template("HX1", "Your code is {{1}}");
        Outbound.ToCustomer template = message(ANA, new Part.Template("HX1", "en", List.of("1")));
        Instant since = transport.clock().instant().minus(SentMessages.SETTLED);
        assertThat(connector.lookUp(account(), template, since, known::contains, transport))
                .isEqualTo(new DeliveryLookup.Absent());
        connector.send(account(), template, transport);
        assertThat(connector.lookUp(account(), template, since, known::contains, transport))
                .isInstanceOfSatisfying(DeliveryLookup.Unknown.class, unknown -> assertThat(unknown.later())
                        .isNull());
    }

    @Test
    void whoDoesNotAnswerIsAskedAgain() {
        Instant since = transport.clock().instant().minus(Duration.ofHours(1));
        twilio.answerNext(503, Map.of(), "");
        assertThat(lookUp("hello", since)).isInstanceOf(DeliveryLookup.Unknown.class);
        twilio.answerNext(200, Map.of(), "{\"messages\": 7}");
        assertThat(lookUp("hello", since)).isInstanceOf(DeliveryLookup.Unknown.class);
        twilio.answerNext(200, Map.of(), "{\"messages\":[{},7,null],\"next_page_uri\":\"/2010-04-01/a b\"}");
        assertThat(lookUp("hello", since)).isInstanceOf(DeliveryLookup.Unknown.class);
        assertThat(lookUp("hello", since)).isEqualTo(new DeliveryLookup.Absent());
    }

    @Test
    void theListCannotLeadOurCredentialsElsewhere() {
        try (FakeProvider stranger = FakeProvider.answering(200, Map.of(), "{}")) {
            String next = "\"next_page_uri\":\"" + stranger.baseUrl() + "/x\"";
            twilio.answerNext(200, Map.of(), "{\"messages\":[]," + next + "}");
            lookUp("hello", transport.clock().instant());
            assertThat(transport.calls()).hasSize(1);
        }
    }

    @Test
    void textsAreNotRepeatedUnlessTheOperatorSaysSo() {
        assertThat(account().onUncertain()).isEqualTo(OnUncertain.HOLD);
        Map<String, String> settings = new HashMap<>(twilio.settings());
        settings.put("onUncertain", "repeat");
        assertThat(TwilioAccounts.account(settings).onUncertain()).isEqualTo(OnUncertain.REPEAT);
    }

    private Outcome send(String text) {
        return connector.send(account(), message(text), transport);
    }

    private DeliveryLookup.Answer lookUp(String text, Instant since) {
        return connector.lookUp(account(), message(text), since, known::contains, transport);
    }

    private String onlyId() {
        assertThat(twilio.delivered()).hasSize(1);
        return twilio.delivered().get(0).id();
    }

    private Account account() {
        return TwilioAccounts.account("http://127.0.0.1:9", twilio.settings());
    }

    private static Outbound.ToCustomer message(String text) {
        return message(ANA, text);
    }

    private static Outbound.ToCustomer message(String to, String text) {
        return message(to, new Part.Text(text));
    }

    private static Outbound.ToCustomer message(String to, Part part) {
        return new Outbound.ToCustomer("key", "m", "c", to, List.of(part), null, null, List.of(), null, false);
    }

    /** A wire whose clock is not Twilio's. */
    private static final class ShiftedWire extends PlainTransport {
        private final TestClock clock = TestClock.running();

        @Override
        public Clock clock() {
            return clock;
        }
    }
}
