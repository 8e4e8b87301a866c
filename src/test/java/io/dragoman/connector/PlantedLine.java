// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.simulator.Answering;
import io.dragoman.simulator.Script;
import io.dragoman.simulator.Simulator.Delivered;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.LoggerFactory;

/** A small channel that sends by a protocol of its own, and its provider; right but for one fault. */
final class PlantedLine implements Channel, Answering {
    static final Setting<Secret> KEY = Setting.secret("apiKey", "Shared with the provider that is planted here.");
    static final String GONE = "gone";

    private final Script script = new Script();
    private final List<Delivered> delivered = new ArrayList<>();
    private final Fault fault;

    PlantedLine(Fault fault) {
        this.fault = fault;
    }

    /** What is wrong with it. */
    enum Fault {
        NONE,
        FINAL_WHEN_THROTTLED,
        THROTTLED_FOR_ANOTHER_REASON,
        FINAL_WHEN_BUSY,
        TRIES_REFUSED_AGAIN,
        CALLS_A_LOGIN_DOWN,
        SENT_WHEN_FAILED,
        CERTAIN,
        FINAL_WHEN_GONE,
        THROWS_WHEN_ODD,
        DROPS_TEXT,
        SHOWS_ANSWER,
        LOGS_TEXT,
        TWICE,
        NEW_ID,
        BEGINS_ANEW,
        LOSES_EMOJI
    }

    @Override
    public Script script() {
        return script;
    }

    @Override
    public List<Delivered> delivered() {
        return delivered;
    }

    void open(Account account) throws TransportFailure {
        if (account.id().equals(GONE)) {
            throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "nobody is there");
        }
        if (!account.get(KEY).value().equals("the-planted-key")) {
            throw fault == Fault.CALLS_A_LOGIN_DOWN
                    ? TransportFailure.notSent(Reason.PROVIDER_DOWN, "it is down")
                    : TransportFailure.loginRefused("wrong key");
        }
    }

    @Override
    public String kind() {
        return "planted-line";
    }

    @Override
    public String description() {
        return "A channel with a fault, for tests of the contracts.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(KEY);
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) {
        return List.of();
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        if (account.id().equals(GONE)) {
            return fault == Fault.FINAL_WHEN_GONE
                    ? new Outcome.Refused(Reason.PROVIDER_DOWN, "gone")
                    : new Outcome.Retry(Reason.PROVIDER_DOWN, "gone");
        }
        String text = ((Part.Text) message.parts().get(0)).text();
        if (fault == Fault.LOGS_TEXT) {
            LoggerFactory.getLogger(PlantedLine.class).trace("sending {}", text);
        }
        if (fault == Fault.LOSES_EMOJI) {
            text = text.replaceAll("[^\\x00-\\x7f]", "?");
        }
        if (fault == Fault.BEGINS_ANEW && text.length() > 60) {
            Outcome first = send(message, text.substring(0, text.length() / 2));
            return first instanceof Outcome.Sent ? send(message, text.substring(text.length() / 2)) : first;
        }
        Outcome outcome = send(message, text);
        return fault == Fault.TWICE && outcome instanceof Outcome.Retry ? send(message, text) : outcome;
    }

    private Outcome send(ToCustomer message, String text) {
        Answer answer = script.answer(text);
        String id = fault == Fault.NEW_ID ? UUID.randomUUID().toString() : message.key();
        if (answer == Answer.TAKEN) {
            delivered.add(new Delivered(message.address(), id, fault == Fault.DROPS_TEXT ? "" : text));
            return new Outcome.Sent(id);
        }
        String detail = fault == Fault.SHOWS_ANSWER ? text : "no";
        return switch (answer) {
            case THROTTLED ->
                fault == Fault.FINAL_WHEN_THROTTLED
                        ? new Outcome.Refused(Reason.THROTTLED, detail)
                        : new Outcome.Retry(
                                fault == Fault.THROTTLED_FOR_ANOTHER_REASON ? Reason.PROVIDER_DOWN : Reason.THROTTLED,
                                detail);
            case BUSY ->
                fault == Fault.FINAL_WHEN_BUSY
                        ? new Outcome.Refused(Reason.PROVIDER_DOWN, detail)
                        : new Outcome.Retry(Reason.PROVIDER_DOWN, detail);
            case FAILED ->
                fault == Fault.SENT_WHEN_FAILED
                        ? new Outcome.Sent(id)
                        : new Outcome.Retry(Reason.PROVIDER_DOWN, detail);
            case ODD -> {
                if (fault == Fault.THROWS_WHEN_ODD) {
                    throw new IllegalStateException("odd");
                }
                yield new Outcome.Uncertain(Reason.PROVIDER_DOWN, detail);
            }
            case SILENT, CUT ->
                fault == Fault.CERTAIN
                        ? new Outcome.Retry(Reason.TIMEOUT, detail)
                        : new Outcome.Uncertain(Reason.TIMEOUT, detail);
            default ->
                fault == Fault.TRIES_REFUSED_AGAIN
                        ? new Outcome.Retry(Reason.CONTENT_REFUSED, detail)
                        : new Outcome.Refused(Reason.CONTENT_REFUSED, detail);
        };
    }

    @Override
    public Limits limits(Account account) {
        return Limits.text(100, Limits.Unit.UTF_16).build();
    }

    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.NEITHER;
    }
}
