// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.Features;
import io.dragoman.connector.HeldSession;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.Outbound.ReadReceipt;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.ReadMarker;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.connector.WritesFirst;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Chats by XMPP, as one account of a server: one stream is held, and what it did not bring is read from the archive. */
@AutoService(Connector.class)
public final class Xmpp
        implements Channel, HeldSession, MediaSource, ReadMarker, DeliveryLookup<ToCustomer>, WritesFirst {
    private static final long LARGEST_FILE = 100L << 20;
    /** With its words escaped and everything around it still below the 256 KiB that servers take. */
    private static final Limits LIMITS =
            Limits.text(10_000, Limits.Unit.CHARACTERS).anyMedia(LARGEST_FILE).build();

    private final Map<String, HeldStream> held = new ConcurrentHashMap<>();

    @Override
    public String kind() {
        return "xmpp";
    }

    @Override
    public String description() {
        return "Chats by XMPP (Jabber), as an account of any server, such as Prosody or ejabberd.";
    }

    @Override
    public Features features() {
        return Features.receives("a held stream, and the server's archive")
                .sends("text, files, to rooms too")
                .receipts("sent, delivered, read, failed")
                .verification("our own login over TLS")
                .needs("jid", "password")
                .setUp(
                        "Make an account on the server, such as `prosodyctl adduser shop@example.org` or `ejabberdctl"
                                + " register shop example.org …`.",
                        "Have the server's operator switch on stream management, the archive of messages and carbons:"
                                + " in Prosody `smacks`, `mam`, `carbons`, in ejabberd `mod_stream_mgmt`, `mod_mam`,"
                                + " `mod_carboncopy`; for files `http_file_share` or `mod_http_upload`."
                                + " [channels/xmpp.md](channels/xmpp.md) has the rest.")
                .missed("a message is acknowledged to the server once it is stored; what came while no stream was there"
                        + " is read from the server's archive after the last one stored, as far back as the"
                        + " server keeps it")
                .begins("any address, such as `ana@example.org`");
    }

    @Override
    public List<Setting<?>> settings() {
        return XmppSettings.all();
    }

    @Override
    public List<String> problems(Account account) {
        return XmppSettings.problems(account);
    }

    @Override
    public Batch poll(Account account, String position, Transport transport, PollContext context)
            throws TransportFailure {
        return held(account, context.clock()).poll(position, context);
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        return InboundReader.read(account, verified.request());
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        LiveStream live = live(account);
        return live == null ? Sender.NO_STREAM : new Sender(account, live).send(message, transport);
    }

    @Override
    public Outcome markRead(Account account, ReadReceipt receipt, Transport transport) {
        LiveStream live = live(account);
        return live == null
                ? Sender.NO_STREAM
                : new Sender(account, live).markRead(receipt).repeatable();
    }

    @Override
    public DeliveryLookup.Answer lookUp(
            Account account, ToCustomer message, Instant since, Predicate<String> known, Transport transport) {
        LiveStream live = live(account);
        return live == null
                ? new DeliveryLookup.Unknown("no stream to the XMPP server is open", Duration.ofSeconds(5))
                : new Sender(account, live).lookUp(message, since);
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        Optional<URI> address = FileUpload.allowed(account, media.source());
        if (address.isEmpty()) {
            return MediaDownload.noAddress();
        }
        HttpCall call = FileUpload.trusting(account, HttpCall.get(address.get()));
        return MediaDownload.fetch(call, LARGEST_FILE, "the file's server", transport);
    }

    /** Another gateway has the stream, or none is open now, or the configuration has just changed. */
    private @Nullable LiveStream live(Account account) {
        HeldStream mine = held.get(account.id());
        return mine == null || !mine.account.equals(account) ? null : mine.open();
    }

    /** What is held of an account; null where it is not polled here. */
    @Nullable
    HeldStream held(Account account) {
        return held.get(account.id());
    }

    /** One for an account as it is configured now; who polls alone replaces it. */
    private HeldStream held(Account account, Clock clock) {
        HeldStream before = held.get(account.id());
        if (before != null && before.account.equals(account)) {
            return before;
        }
        HeldStream now = new HeldStream(account, clock);
        held.put(account.id(), now);
        if (before != null) {
            before.close();
        }
        return now;
    }

    @Override
    public CustomerEvent.Sender recipient(Account account, String address) throws MalformedPayload {
        String bare = Jids.bare(address.strip())
                .filter(jid -> jid.contains("@"))
                .orElseThrow(() -> new MalformedPayload("must be an XMPP address such as ana@example.org"));
        if (XmppSettings.rooms(account).contains(bare)) {
            throw new MalformedPayload("is a room: answer in its conversation");
        }
        return InboundReader.person(bare, null);
    }

    @Override
    public Limits limits(Account account) {
        return LIMITS;
    }

    /** No server knows a repetition, but its archive has what it took. */
    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.QUERYABLE;
    }
}
