// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.HeldSession;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.connector.WritesFirst;
import io.dragoman.connector.kit.SmsChannel;
import io.dragoman.connector.kit.SmsSender;
import io.dragoman.model.CustomerEvent;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** SMS by SMPP 3.4, as a client of an SMS centre. */
@AutoService(Connector.class)
public final class Smpp implements Channel, HeldSession, WritesFirst {
    private final Map<String, HeldAccount> held = new ConcurrentHashMap<>();

    @Override
    public String kind() {
        return "smpp";
    }

    @Override
    public String description() {
        return "SMS by SMPP 3.4, straight to an SMS centre.";
    }

    @Override
    public Features features() {
        return Features.receives("deliver_sm")
                .sends("text")
                .receipts("sent, delivered, failed")
                .verification("our own login")
                .needs("host", "systemId", "password", "from")
                .setUp(
                        "Ask the SMS centre's operator for an account: host and port, system id and password, how many "
                                + "binds and messages a second it may have, which sender, which alphabet data_coding 0 is, and "
                                + "whether ids in receipts are hexadecimal. [channels/smpp.md](channels/smpp.md) has a setting for each.")
                .missed("the SMS centre brings again what was not acknowledged, for as long as its operator says")
                .begins("any number");
    }

    @Override
    public List<Setting<?>> settings() {
        return SmppSettings.all();
    }

    @Override
    public List<String> problems(Account account) {
        return SmppSettings.problems(account);
    }

    @Override
    public Batch poll(Account account, String position, Transport transport, PollContext context)
            throws TransportFailure {
        return held(account, context.clock()).poll(position, context);
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        return new InboundReader(account).read(verified.request());
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        HeldAccount sessions = held.get(account.id());
        if (sessions == null || !sessions.account.equals(account)) {
            return Sender.NO_SESSION; // another gateway has it, or the configuration has just changed
        }
        return SmsChannel.text(message)
                .map(text -> new Sender(sessions, transport.clock()).send(message, text))
                .orElse(SmsChannel.NOT_TEXT);
    }

    /** One for an account as it is configured now; who polls alone replaces it. */
    private HeldAccount held(Account account, Clock clock) {
        HeldAccount before = held.get(account.id());
        if (before != null && before.account.equals(account)) {
            return before;
        }
        HeldAccount now = new HeldAccount(account, clock);
        held.put(account.id(), now);
        if (before != null) {
            before.close();
        }
        return now;
    }

    @Override
    public CustomerEvent.Sender recipient(Account account, String address) throws MalformedPayload {
        return SmsSender.person(address, account.find(SmsSender.COUNTRY)).sender();
    }

    @Override
    public Limits limits(Account account) {
        return SmsChannel.LIMITS;
    }

    /** An SMS centre knows no key of ours, and what it can be asked needs the id that was lost. */
    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.NEITHER;
    }
}
