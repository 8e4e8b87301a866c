// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.TestPollContext;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.BackfillPosition;
import io.dragoman.connector.kit.ListBackfill;
import io.dragoman.contract.Performing;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Event;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.simulator.twilio.TwilioSimulator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What no webhook brought is found in Twilio's list, in order, and becomes what the webhook would have been. */
final class TwilioBackfillTest {
    private static final String US = "+15550100";
    private static final String ANA = "+4917000001";

    private final TwilioSimulator twilio = new TwilioSimulator(0);
    private final Twilio connector = new Twilio();
    private final PlainTransport transport = new PlainTransport();
    private final TestPollContext context = new TestPollContext();
    private String position = "";

    @AfterEach
    void close() {
        twilio.close();
    }

    @Test
    void whatNobodyToldUsIsFoundInOrderOnce() throws Exception {
        poll();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            twilio.customerWrites(nowhere(), ANA, "message " + i);
            texts.add("message " + i);
        }
        later(Duration.ofMinutes(20));
        assertThat(texts(backfill())).containsExactlyElementsOf(texts);
        later(Duration.ofMinutes(20));
        assertThat(backfill()).as("now they are taken").isEmpty();
    }

    @Test
    void aBackfilledMessageIsTheEventOfItsWebhook() throws Exception {
        poll();
        byte[] bytes = "jpeg".getBytes(StandardCharsets.UTF_8);
        twilio.customerSendsMedia(nowhere(), ANA, "look", "image/jpeg", bytes);
        later(Duration.ofMinutes(20));
        CustomerEvent.MessageReceived found =
                (CustomerEvent.MessageReceived) backfill().get(0);
        assertThat(found.key()).startsWith("MM").isEqualTo(found.externalId());
        assertThat(found.sender().address()).isEqualTo(ANA);
        assertThat(found.parts()).hasSize(2).element(1).isEqualTo(new Part.Text("look"));
        assertThat(((Part.Media) found.parts().get(0)).source())
                .startsWith(twilio.baseUrl() + "/2010-04-01/Accounts/")
                .contains("/Messages/" + found.key() + "/Media/ME");
        assertThat(found.at()).isBefore(context.clock().instant().minusSeconds(600));
    }

    @Test
    void theFirstBackfillLeavesAloneWhatWasThereBefore() throws Exception {
        twilio.listed(ANA, US, "inbound", "ancient", Instant.now().minus(Duration.ofMinutes(10)));
        poll();
        later(Duration.ofMinutes(20));
        twilio.customerWrites(nowhere(), ANA, "new");
        later(Duration.ofMinutes(20));
        assertThat(texts(backfill())).containsExactly("new");
    }

    @Test
    void adayAndMoreOfDowntimeIsMadeUpForInBoundedBatches() throws Exception {
        poll();
        Instant start = Instant.now();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            // several in a second, over three days
            Instant at = start.plusSeconds(1 + (i / 3) * 700L);
            twilio.listed(ANA, US, "inbound", "n" + i, at);
            texts.add("n" + i);
        }
        later(Duration.ofDays(4));
        List<String> found = new ArrayList<>();
        while (found.size() < texts.size()) {
            Batch batch = poll();
            assertThat(batch.requests()).isNotEmpty().hasSizeLessThanOrEqualTo(ListBackfill.MOST);
            found.addAll(texts(taken(batch)));
        }
        assertThat(found).containsExactlyElementsOf(texts);
        assertThat(backfill()).isEmpty();
    }

    @Test
    void aRestartInTheMiddleOfABackfillGoesOnWhereItWas() throws Exception {
        poll();
        for (int i = 0; i < 250; i++) {
            twilio.listed(ANA, US, "inbound", "n" + i, Instant.now().plusSeconds(i));
        }
        later(Duration.ofHours(1));
        List<String> found = new ArrayList<>(texts(taken(poll())));
        context.starting = true;
        found.addAll(texts(backfill()));
        assertThat(found).hasSize(250).doesNotHaveDuplicates().first().isEqualTo("n0");
        assertThat(found.get(249)).isEqualTo("n249");
    }

    @Test
    void aMessageThatIsListedLateIsFoundByTheNextBackfill() throws Exception {
        poll();
        Instant sent = Instant.now().plusSeconds(5);
        later(Duration.ofMinutes(20));
        assertThat(backfill()).isEmpty();
        twilio.listed(ANA, US, "inbound", "listed late", sent);
        later(Duration.ofMinutes(40));
        assertThat(texts(backfill())).containsExactly("listed late");
    }

    @Test
    void whatIsStillOnItsWayIsLeftToItsWebhook() throws Exception {
        poll();
        later(Duration.ofMinutes(20));
        twilio.listed(ANA, US, "inbound", "just now", context.clock.instant());
        context.starting = true;
        assertThat(backfill()).isEmpty();
        later(Duration.ofMinutes(40));
        assertThat(texts(backfill())).containsExactly("just now");
    }

    @Test
    void othersMessagesAreNotOurs() throws Exception {
        poll();
        Instant at = Instant.now().plusSeconds(2);
        twilio.listed(US, ANA, "outbound-api", "ours", at);
        twilio.listed(ANA, "+15550199", "inbound", "another number's", at);
        twilio.listed(ANA, US, "outbound-reply", "a reply of theirs", at);
        later(Duration.ofMinutes(20));
        assertThat(backfill()).isEmpty();
    }

    @Test
    void betweenBackfillsItWaitsAndAStartDoesNot() throws Exception {
        poll();
        int asked = transport.calls().size();
        assertThat(poll().position()).isEqualTo(position);
        assertThat(context.rests()).isEqualTo(1);
        assertThat(transport.calls()).hasSize(asked);
        context.starting = true;
        poll();
        assertThat(transport.calls()).hasSizeGreaterThan(asked);
    }

    @Test
    void aFailureIsNamedAndLosesNothing() throws Exception {
        poll();
        twilio.customerWrites(nowhere(), ANA, "hello");
        later(Duration.ofMinutes(20));
        String before = position;
        twilio.answerNext(401, Map.of(), "{}");
        assertThatThrownBy(this::poll).isInstanceOfSatisfying(TransportFailure.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
            assertThat(failure.detail()).contains("401");
        });
        assertThat(position).isEqualTo(before);
        assertThat(texts(backfill())).containsExactly("hello");
    }

    @Test
    void backfillsCanBeSwitchedOff() {
        Map<String, String> settings = new HashMap<>(twilio.settings());
        settings.put("backfill", "off");
        assertThat(connector.polls(TwilioAccounts.account(settings))).isFalse();
        assertThat(connector.receivesWebhooks(TwilioAccounts.account(settings))).isTrue();
        assertThat(connector.polls(account())).isTrue();
    }

    private Batch poll() throws TransportFailure {
        Batch batch = connector.poll(account(), position, transport, context);
        position = batch.position();
        context.starting = false;
        return batch;
    }

    /** One whole backfill. */
    private List<Event> backfill() throws Exception {
        List<Event> events = new ArrayList<>();
        do {
            events.addAll(taken(poll()));
        } while (BackfillPosition.read(position).reached() != null);
        return events;
    }

    private List<Event> taken(Batch batch) throws Exception {
        List<Event> events = new ArrayList<>();
        for (Request request : batch.requests()) {
            assertThat(request.origin()).isEqualTo(Request.Origin.BACKFILLED);
            events.addAll(connector.read(account(), Performing.verify(connector, account(), request)));
        }
        events.forEach(event -> context.taken.add(event.key()));
        return events;
    }

    private static List<String> texts(List<Event> events) {
        return events.stream()
                .map(event -> ((Part.Text)
                                ((CustomerEvent.MessageReceived) event).parts().get(0))
                        .text())
                .toList();
    }

    private void later(Duration time) {
        context.clock.move(time);
    }

    private java.net.URI nowhere() {
        return java.net.URI.create("http://127.0.0.1:9/channels/sms");
    }

    private Account account() {
        return TwilioAccounts.account("http://127.0.0.1:9", twilio.settings());
    }
}
