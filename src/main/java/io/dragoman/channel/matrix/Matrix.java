// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound.ReadReceipt;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.ReadMarker;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.connector.WritesFirst;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An account on Matrix, read by {@code /sync}: rooms with one other, and rooms of several. */
@AutoService(Connector.class)
public final class Matrix implements Channel, Polled, MediaSource, ReadMarker, WritesFirst {
    /** Whatever its characters become in JSON, such a text fits into an event. */
    private static final int TEXT = 10_000;

    private static final Limits LIMITS = Limits.text(TEXT, Limits.Unit.BYTES)
            .caption(TEXT)
            .anyMedia(50L << 20) // what a homeserver takes by itself; each says its own when it is asked
            .location()
            .build();

    /** What one poll leaves for the next; a poll that ends takes its own away. */
    private final Map<PollContext, SyncPoll> polls = new ConcurrentHashMap<>();

    @Override
    public String kind() {
        return "matrix";
    }

    @Override
    public String description() {
        return "An account on Matrix: rooms with one other, and rooms of several, by the client-server API.";
    }

    @Override
    public Features features() {
        return Features.receives("long polling (/sync)")
                .sends("text with HTML, files, locations")
                .receipts("read")
                .verification("our own login")
                .needs("baseUrl", "accessToken", "invites")
                .setUp(
                        "Make an account for the gateway on a homeserver; what is encrypted end to end cannot be read here.",
                        "Log in once with a device of its own, as with `curl -d '{\"type\":\"m.login.password\","
                                + "\"identifier\":{\"type\":\"m.id.user\",\"user\":\"shop\"},\"password\":\"…\"}'"
                                + " BASEURL/_matrix/client/v3/login`, and take the access token of the answer.",
                        "Choose in `invites` who may invite it. [channels/matrix.md](channels/matrix.md) has the rest.")
                .missed("the homeserver keeps everything: it is read from the stored position on, and what an answer"
                        + " leaves out page by page. Nothing from before the first start is read")
                .begins("a user such as `@ana:example.org`, who is invited into a room where there is none with them");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                MatrixSettings.BASE_URL,
                MatrixSettings.ACCESS_TOKEN,
                MatrixSettings.INVITES,
                MatrixSettings.ENCRYPTED_REPLY,
                MatrixSettings.TYPING,
                OnUncertain.SETTING);
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        return InboundReader.read(verified.request());
    }

    @Override
    public Batch poll(Account account, String position, Transport transport, PollContext context)
            throws TransportFailure {
        SyncPoll poll = polls.get(context);
        if (poll == null) {
            poll = new SyncPoll(new ApiClient(account, transport), context);
            polls.put(context, poll);
            context.onStop(() -> polls.remove(context)); // registered for as long as there are polls
        }
        return poll.poll(position);
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        return new Sender(new ApiClient(account, transport)).send(message);
    }

    @Override
    public Outcome markRead(Account account, ReadReceipt receipt, Transport transport) {
        return new Sender(new ApiClient(account, transport)).seen(receipt);
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return new MatrixMedia(new ApiClient(account, transport)).fetch(media);
    }

    @Override
    public CustomerEvent.Sender recipient(Account account, String address) throws MalformedPayload {
        String user = address.strip();
        if (!MatrixId.isUser(user)) {
            throw new MalformedPayload("must be a user of Matrix, such as @ana:example.org");
        }
        return MatrixId.sender(user, user, null);
    }

    @Override
    public Limits limits(Account account) {
        return LIMITS;
    }

    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.IDEMPOTENT;
    }

    /** The specification names no time; homeservers remember half an hour at least. */
    @Override
    public Duration keysKept() {
        return Duration.ofMinutes(30);
    }
}
