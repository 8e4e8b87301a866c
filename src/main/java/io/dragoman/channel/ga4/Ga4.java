// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.ga4;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.EventCounter;
import io.dragoman.connector.Features;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Secret;
import io.dragoman.connector.SelfTest;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.model.CountedEvent;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Reason;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A property of Google Analytics 4 that is told of chosen events. No customer is there, and nothing is received. */
@AutoService(Connector.class)
public final class Ga4 implements Channel, EventCounter, SelfTest {
    static final Setting<String> MEASUREMENT_ID = Setting.text(
                    "measurementId",
                    "The measurement ID of the web data stream, such as G-ABC123XYZ9 (Admin → Data streams).")
            .matching("G-[A-Z0-9]{4,20}", "must be the measurement ID of a web stream, such as G-ABC123XYZ9")
            .need();
    static final Setting<Secret> API_SECRET = Setting.secret(
                    "apiSecret", "A Measurement Protocol API secret of that data stream, which stands in its settings.")
            .need();
    static final Setting<Set<CountedEvent.Type>> EVENTS = new Setting<Set<CountedEvent.Type>>(
                    "events",
                    "Which events it is told of, with spaces or commas between: "
                            + String.join(", ", CountedEvent.Type.words()) + ".",
                    Setting.Type.TEXT,
                    null,
                    false,
                    List.of(),
                    Ga4::events)
            .or("conversation.opened, conversation.closed, survey.answered");
    static final Setting<Boolean> ADVERTISING = Setting.flag(
                    "advertising",
                    "Whether what customers consent to as analytics is their consent to Google's advertising too: it is "
                            + "asked of them in these words then, and consent is sent as GRANTED. Else it is always DENIED.")
            .or("false");
    static final Setting<URI> BASE_URL = Setting.url(
                    "baseUrl",
                    "Where the Measurement Protocol is; https://region1.google-analytics.com has the data collected in the EU.")
            .or("https://www.google-analytics.com");

    /** Events can be dated back that far. */
    private static final Duration OLDEST = Duration.ofDays(3);

    private static Set<CountedEvent.Type> events(String text) {
        Set<CountedEvent.Type> events = new TreeSet<>();
        for (String word : text.strip().split("[\\s,]+")) {
            events.add(CountedEvent.Type.find(word)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "must be some of " + String.join(", ", CountedEvent.Type.words())
                                    + ", with spaces or commas between; '" + word + "' is none of them")));
        }
        return events;
    }

    @Override
    public String kind() {
        return "ga4";
    }

    @Override
    public String description() {
        return "Google Analytics 4, which is told of chosen events by its Measurement Protocol; no customer is there.";
    }

    @Override
    public Features features() {
        return Features.receives(Features.NOTHING)
                .sends(Features.NOTHING)
                .verification("none, as nothing comes")
                .needs("measurementId", "apiSecret")
                .setUp(
                        "In Google Analytics, open Admin → Data streams, take a web stream or add one, and copy its"
                                + " measurement ID.",
                        "There, under Measurement Protocol API secrets, create a secret.",
                        "Choose the events. [analytics.md](analytics.md) has what each of them"
                                + " tells, and of whom.")
                .missed("nothing comes from there")
                .begins("nobody: there are no customers")
                .unverified(List.of("against a property of Google's"));
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(MEASUREMENT_ID, API_SECRET, EVENTS, ADVERTISING, BASE_URL);
    }

    @Override
    public Set<CountedEvent.Type> counts(Account account) {
        return account.get(EVENTS);
    }

    @Override
    public Duration oldest() {
        return OLDEST;
    }

    @Override
    public Outcome count(Account account, CountedEvent event, Subject subject, Transport transport) {
        try {
            byte[] body = new MeasurementBody(account).of(event, subject);
            return Outcome.of(transport.http(new ApiClient(account).collect(body)), "Google Analytics", null);
        } catch (TransportFailure e) {
            return Outcome.of(e);
        }
    }

    @Override
    public List<Check> test(Account account, Transport transport, Clock clock) {
        return Ga4Check.run(account, transport, clock);
    }

    /** It knows no key of ours: an event that comes twice counts twice. */
    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.NEITHER;
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        throw new MalformedPayload("Google Analytics sends nothing");
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        return new Outcome.Refused(Reason.UNSUPPORTED, "no customer is at Google Analytics");
    }

    @Override
    public Limits limits(Account account) {
        return Limits.text(Integer.MAX_VALUE, Limits.Unit.CHARACTERS).build();
    }
}
