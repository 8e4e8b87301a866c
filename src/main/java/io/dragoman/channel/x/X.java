// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AnswersLatest;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Budget;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Paid;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Setting;
import io.dragoman.connector.SharedWebhook;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.connector.WritesFirst;
import io.dragoman.connector.kit.Backfill;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * An account on X: direct messages, and posts that mention it, each answered where it was written
 * (docs.x.com/x-api/activity). X charges for each message that it brings, that is asked for and that is sent.
 */
@AutoService(Connector.class)
public final class X
        implements Channel, SharedWebhook, Polled, MediaSource, WebhookSetup, WritesFirst, AnswersLatest, Paid {
    private static final long LARGEST_PICTURE = 5L << 20;
    private static final long LARGEST_FILM = 512L << 20;
    private static final Limits DIRECT = limits(10_000, Limits.Unit.UTF_16);
    private static final Limits PUBLIC = limits(280, Limits.Unit.WEIGHTED);

    /** Tells two requests of one millisecond apart. */
    private final AtomicLong calls = new AtomicLong();

    private final UploadedFilms films = new UploadedFilms();

    private static Limits limits(int text, Limits.Unit unit) {
        return Limits.text(text, unit)
                .caption(text)
                .media(Part.MediaKind.VIDEO, LARGEST_FILM, "video/mp4")
                .media(Part.MediaKind.IMAGE, LARGEST_PICTURE, "image/jpeg", "image/png", "image/webp")
                .build();
    }

    @Override
    public String kind() {
        return "x";
    }

    @Override
    public String description() {
        return "An account on X: direct messages, and posts that mention it.";
    }

    @Override
    public Features features() {
        return Features.receives("X Activity API webhook, or polling")
                .sends("direct messages and public answers: text, pictures, films")
                .receipts("read, of direct messages")
                .verification("HMAC-SHA256 of the raw body")
                .needs("userId", "consumerKey", "consumerSecret", "accessToken", "accessTokenSecret")
                .setUp(
                        "In X's Developer Console make an app with credits, and give it the permission Read and write "
                                + "and Direct message; copy API Key and Secret.",
                        "Under Keys and tokens, make Access Token and Secret of the account, after that.",
                        "Let the account permit the app by OAuth 2.0 with the scope dm.read: X subscribes to direct "
                                + "messages only then. [channels/x.md](channels/x.md) has the rest, and what it costs.")
                .missed("X tries a webhook a few times; direct messages and mentions are asked for at every start and "
                        + "every `backfill`, as far as `paid.readsPerDay` goes")
                .begins("a user id of who takes direct messages from the account");
    }

    @Override
    public List<Setting<?>> settings() {
        return XSettings.all();
    }

    @Override
    public List<String> problems(Account account) {
        List<String> problems = new ArrayList<>(Channel.super.problems(account));
        if (!XSettings.isPosted(account) && !Backfill.on(account)) {
            problems.add("backfill must be a length of time with intake: poll, such as 5m: nothing else asks X");
        }
        return problems;
    }

    @Override
    public boolean receivesWebhooks(Account account) {
        return XSettings.isPosted(account);
    }

    @Override
    public Set<String> headers() {
        return Set.of(WebhookProof.HEADER);
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        return WebhookProof.verify(account, request);
    }

    @Override
    public Acknowledgement acknowledge(Account account, Request request) {
        return WebhookProof.answer(account, request);
    }

    @Override
    public Setting<String> recipientSetting() {
        return XSettings.USER_ID;
    }

    @Override
    public String recipient(Account account) {
        return account.get(XSettings.USER_ID);
    }

    @Override
    public Set<String> recipients(Verified verified) throws MalformedPayload {
        String user = WebhookProof.isChallenge(verified.request()) ? null : InboundReader.user(verified.request());
        return user == null ? Set.of() : Set.of(user);
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        return WebhookProof.isChallenge(verified.request())
                ? List.of()
                : InboundReader.read(verified.request(), recipient(account));
    }

    @Override
    public boolean polls(Account account) {
        return Backfill.on(account);
    }

    @Override
    public Batch poll(Account account, String position, Transport transport, PollContext context)
            throws TransportFailure {
        return new ActivityPoll(api(account, transport), context).poll(position);
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        return new Sender(api(account, transport), films).send(message);
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return new XFile(api(account, transport)).fetch(media);
    }

    @Override
    public Plan plan(Account account) {
        return ActivitySetup.plan(account);
    }

    @Override
    public Optional<String> connect(Account account, Transport transport) throws TransportFailure {
        return new ActivitySetup(api(account, transport)).connect();
    }

    private ApiClient api(Account account, Transport transport) {
        return new ApiClient(account, transport, calls);
    }

    @Override
    public CustomerEvent.Sender recipient(Account account, String address) throws MalformedPayload {
        return XPlace.recipient(address);
    }

    @Override
    public boolean answersLatest(String address) {
        return XPlace.isPublic(address);
    }

    @Override
    public List<Budget> budgets(Account account) {
        return Stream.concat(XSettings.sends(account).stream(), XSettings.reads(account).stream())
                .toList();
    }

    @Override
    public Limits limits(Account account) {
        return DIRECT;
    }

    @Override
    public Limits limits(Account account, String address) {
        return XPlace.isPublic(address) ? PUBLIC : DIRECT;
    }

    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.NEITHER;
    }
}
