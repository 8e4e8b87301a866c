// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.AgentTyping;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.FeedEntry;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MailsUnread;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ReadReceipt;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.ReadMarker;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Served;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.model.Conversation;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A chat widget on websites of the business: this gateway is its own provider. */
@AutoService(Connector.class)
public final class WebChat implements Channel, Served, ReadMarker, MailsUnread {
    static final Setting<AllowedOrigins> ORIGINS = new Setting<>(
            "origins",
            "The websites that may show the chat, as origins with commas between, such as https://shop.example.",
            Setting.Type.TEXT,
            null,
            true,
            List.of(),
            AllowedOrigins::parse);
    static final Setting<Secret> IDENTITY_SECRET = Setting.secret(
            "identity.secret",
            "The secret with which the website's server signs who is logged in (JWT, HS256), at least 32 characters.");
    static final Setting<Secret> IDENTITY_OLD_SECRET = Setting.secret(
                    "identity.oldSecret", "The secret before, still accepted while the website changes to the new one.")
            .besides(IDENTITY_SECRET);
    private static final Setting<Boolean> IDENTITY_REQUIRED = Setting.flag(
                    "identity.required", "Whether only users of the website may chat, and nobody anonymous.")
            .or("false");
    static final Setting<String> TITLE =
            Setting.text("title", "What stands above the chat.").or("Chat");
    static final Setting<String> GREETING = Setting.text("greeting", "What visitors read before they write.");
    static final Setting<String> HOURS =
            Setting.text("hoursText", "When somebody answers, as visitors read it, such as Monday to Friday, 9 to 17.");
    static final Setting<String> OPENING_HOURS = Setting.reference(
            "hours",
            "The hours of hours.yaml that the chat shows: whether somebody is there, and from when on, such as default.",
            Setting.Reference.HOURS);
    static final Setting<VisitorForm> FORM = new Setting<>(
            "form",
            "What visitors are asked before they write: some of name, email, phone, with a ? behind what may be empty.",
            Setting.Type.TEXT,
            null,
            false,
            List.of(),
            VisitorForm::parse);
    static final Setting<String> CONSENT =
            Setting.text("consent", "What visitors must agree to before they write; without it nothing is asked.");
    static final Setting<URI> PRIVACY_URL =
            Setting.url("privacyUrl", "Where the privacy policy is, linked beside the consent.");
    static final Setting<String> COLOR = Setting.text(
                    "color", "The colour of the button and the visitor's messages, such as #1d4ed8.")
            .matching("#[0-9a-fA-F]{6}", "must be a colour such as #1d4ed8")
            .or("#1d4ed8");
    static final Setting<Duration> TOKEN_LIFE = Setting.duration(
                    "tokenLife", "How long after their last visit a visitor is known again.")
            .or("90d");
    static final Setting<Integer> NEW_VISITORS = Setting.integer(
                    "newVisitorsPerHour",
                    "How many visitors from one address may begin to chat within an hour.",
                    1,
                    100_000)
            .or("10");
    static final Setting<Integer> FILE_SIZE = Setting.integer(
                    "fileSize",
                    "The largest file that visitors may send, in KB; 0 for none. It comes a third larger, within http.maxBody.",
                    0,
                    1_000_000)
            .or("2048");

    static final Setting<String> TRANSCRIPT_BY = Setting.reference(
            "transcriptBy",
            "The channel of kind email that mails visitors their chat when they ask for it, such as support-mail; without it they cannot.",
            Setting.Reference.MAIL_CHANNEL);

    /** Of a message, in code points. */
    static final int LONGEST_TEXT = 10_000;

    private static final int LEAST_SECRET = 32;

    private static final Limits LIMITS = Limits.text(LONGEST_TEXT, Limits.Unit.CHARACTERS)
            .choices(20, 0)
            .choiceTexts(LONGEST_TEXT, 200)
            .anyMedia(Integer.MAX_VALUE)
            .build();

    /** Whether nobody anonymous may chat. Defaults of a group hold where the group is written. */
    static boolean requiresIdentity(Account account) {
        return account.find(IDENTITY_REQUIRED).orElse(false);
    }

    @Override
    public String kind() {
        return "webchat";
    }

    @Override
    public String description() {
        return "A chat widget on your own websites, by one script tag.";
    }

    @Override
    public Features features() {
        return Features.receives("POST of the widget, with the visitor's token")
                .sends("text, files as links, buttons")
                .receipts("delivered, read")
                .verification(
                        "token of this installation (HMAC-SHA256); logged-in users by a JWT of the website (HS256)")
                .needs("origins")
                .setUp(
                        "Put the script tag into the website's pages: [channels/webchat.md](channels/webchat.md) has it, and the lines for their "
                                + "Content-Security-Policy.")
                .missed("the widget sends a message again until it is acknowledged, and reads on from where it was")
                .begins("nobody: a visitor is known only once they have written");
    }

    @Override
    public List<Setting<?>> settings() {
        List<Setting<?>> settings = new ArrayList<>(List.of(
                ORIGINS,
                TITLE,
                GREETING,
                HOURS,
                OPENING_HOURS,
                FORM,
                CONSENT,
                PRIVACY_URL,
                COLOR,
                IDENTITY_SECRET,
                IDENTITY_OLD_SECRET,
                IDENTITY_REQUIRED,
                TOKEN_LIFE,
                NEW_VISITORS,
                FILE_SIZE,
                TRANSCRIPT_BY));
        settings.addAll(ChatSurvey.SETTINGS);
        settings.addAll(UnreadLetter.SETTINGS);
        return settings;
    }

    @Override
    public List<String> problems(Account account) {
        List<String> problems = new ArrayList<>(ChatSurvey.problems(account));
        problems.addAll(UnreadLetter.problems(account));
        for (Setting<Secret> setting : List.of(IDENTITY_SECRET, IDENTITY_OLD_SECRET)) {
            account.find(setting)
                    .filter(secret -> secret.value().length() < LEAST_SECRET)
                    .ifPresent(secret -> problems.add(setting.name() + " is shorter than " + LEAST_SECRET
                            + " characters, so that a token could be guessed. Make one with: openssl rand -hex 32"));
        }
        if (account.find(IDENTITY_REQUIRED).orElse(false)
                && account.find(IDENTITY_SECRET).isEmpty()) {
            problems.add("identity.secret is missing, but identity.required is true, so that nobody could chat. "
                    + IDENTITY_SECRET.description());
        }
        return problems;
    }

    @Override
    public Set<String> headers() {
        return Set.of(
                "Origin",
                "Authorization",
                "Last-Event-ID",
                "If-None-Match",
                VisitorTokens.VISITOR,
                VisitorTokens.PROOF);
    }

    @Override
    public Reply serve(Account account, Request request, Supplier<String> ids) {
        return new VisitorRequests(account, request, ids).reply();
    }

    /** What {@link #serve} made of a visitor's request. */
    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        return new VisitorTokens(account).verify(request);
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        return InboundReader.read(account, verified);
    }

    @Override
    public Optional<FeedEntry> entry(Account account, CustomerEvent event) {
        return FeedContent.of(event);
    }

    @Override
    public Optional<FeedEntry> closed(Conversation conversation, String cause) {
        return Optional.of(FeedContent.closed(conversation, cause));
    }

    @Override
    public Optional<Plan> mailsUnread(Account account) {
        return UnreadLetter.plan(account);
    }

    @Override
    public Optional<Letter> letter(Account account, List<Part> told) {
        return UnreadLetter.of(account, told);
    }

    @Override
    public Optional<String> typing(AgentTyping typing) {
        return Optional.of(FeedContent.of(typing));
    }

    /** It is sent when it is in the feed, durably; delivered and read when the widget says so. */
    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        return FeedContent.publish(account, FeedContent.of(message), InboundReader.id(message), transport);
    }

    @Override
    public Outcome markRead(Account account, ReadReceipt receipt, Transport transport) {
        return FeedContent.publish(account, FeedContent.of(receipt), null, transport);
    }

    @Override
    public Limits limits(Account account) {
        return LIMITS;
    }

    /** A key that is in the feed already adds nothing. */
    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.IDEMPOTENT;
    }
}
