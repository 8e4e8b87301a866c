// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.voice;

import com.google.auto.service.AutoService;
import io.dragoman.channel.twilio.account.NumberWebhook;
import io.dragoman.channel.twilio.account.TwilioAccount;
import io.dragoman.channel.twilio.account.WebhookForm;
import io.dragoman.channel.twilio.account.WebhookSignature;
import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.Response;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.connector.Webhook;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.connector.kit.PublicUrls;
import io.dragoman.connector.kit.ReceivedForm;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calls to a number at Twilio. A call that nobody takes is a message, and so is what the caller says after the tone. What
 * is to be done with a call is answered to the webhook that brings it, in TwiML, once the call is stored.
 */
@AutoService(Connector.class)
public final class Voice implements Channel, Webhook, MediaSource, WebhookSetup {
    static final Setting<String> NUMBER = Setting.text(
            "number", "The number that is called, such as +15550100: `./dragoman connect` sets its addresses.");
    static final Setting<String> GREETING = Setting.text(
            "greeting",
            "What a caller hears when nobody takes the call; a sentence in English, unless it is set. A blank hangs up at"
                    + " once, or records at once.");
    static final Setting<String> LANGUAGE = Setting.text(
                    "language", "The language that the greeting is spoken in, such as en-US or de-DE.")
            .or("en-US");
    static final Setting<String> VOICE = Setting.text(
            "voice", "Twilio's name of the voice that speaks it, such as Polly.Vicki-Neural; else the language's own.");
    static final Setting<Boolean> VOICEMAIL = Setting.flag(
                    "voicemail", "Whether a caller can leave a message after the greeting; else the call ends there.")
            .or("true");
    static final Setting<Duration> LONGEST_VOICEMAIL = Setting.duration(
                    "longestVoicemail", "How long a caller can speak, from 1s to 1h.")
            .or("2m");
    static final Setting<Boolean> TRANSCRIBE = Setting.flag(
                    "transcribe",
                    "Whether Twilio writes down what was said, for a fee: English alone, of 2 to 120 seconds.")
            .or("false");
    static final Setting<String> FORWARD_TO = Setting.text(
            "forwardTo", "The number of whoever takes calls, such as +15550199: it rings first. Without it none does.");
    static final Setting<Duration> RING_FOR = Setting.duration(
                    "ringFor", "How long it rings before the call is missed, from 5s to 10m.")
            .or("20s");

    private static final String PHONE = "\\+[1-9][0-9]{3,14}";

    /** An hour at 128 kbit/s; Twilio's MP3 has less. */
    private static final long LARGEST_RECORDING = 64L * 1024 * 1024;

    /** How long a recording may take to be there after the call. */
    private static final Duration RECORDING_READY = Duration.ofMinutes(15);

    private static final Duration RECORDING_WAIT = Duration.ofSeconds(5);

    @Override
    public String kind() {
        return "voice";
    }

    @Override
    public String description() {
        return "Missed calls and voicemails through Twilio Programmable Voice.";
    }

    @Override
    public Features features() {
        return Features.receives("webhook of calls: missed ones, voicemails with their recordings")
                .sends(Features.NOTHING)
                .verification("HMAC-SHA1 or SHA256 of address and form")
                .needs("accountSid", "authToken")
                .setUp(
                        "In the Twilio console, copy the Account SID and the auth token, and buy a number that takes"
                                + " calls.",
                        "Point the number's voice webhook and its call status changes at the callback address (HTTP"
                                + " POST), or have `./dragoman connect` do it. As the fallback, a TwiML Bin can tell a"
                                + " caller something while the gateway is down.")
                .missed("Twilio does not repeat a failed webhook: the caller hears the fallback, and the call status"
                        + " that follows makes it a missed call all the same. Nothing is asked")
                .begins("nobody: calls are not made, and no text reaches a caller");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                TwilioAccount.ACCOUNT_SID,
                TwilioAccount.AUTH_TOKEN,
                TwilioAccount.SECONDARY_AUTH_TOKEN,
                TwilioAccount.SHARED_KEY_SECRET,
                TwilioAccount.API_KEY,
                TwilioAccount.API_SECRET,
                NUMBER,
                GREETING,
                LANGUAGE,
                VOICE,
                VOICEMAIL,
                LONGEST_VOICEMAIL,
                TRANSCRIBE,
                FORWARD_TO,
                RING_FOR,
                PublicUrls.WEBHOOK_URL,
                PublicUrls.TRUST_PROXY,
                TwilioAccount.BASE_URL);
    }

    /** What a caller hears; blank for nothing. */
    static String greeting(Account account) {
        return account.find(GREETING)
                .orElse(
                        account.get(VOICEMAIL)
                                ? "Sorry, nobody can take your call now. Please leave a message after the tone."
                                : "Sorry, nobody can take your call now.");
    }

    @Override
    public List<String> problems(Account account) {
        List<String> problems = new ArrayList<>();
        TwilioAccount.check(account, "fetch recordings", problems);
        TwilioAccount.form(account, NUMBER, PHONE, "a number such as +15550100", problems);
        TwilioAccount.form(account, FORWARD_TO, PHONE, "a number such as +15550199", problems);
        TwilioAccount.form(
                account, LANGUAGE, "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", "a language such as de-DE", problems);
        TwilioAccount.form(account, VOICE, "[A-Za-z0-9._-]{1,64}", "a voice such as Polly.Vicki-Neural", problems);
        if (account.find(FORWARD_TO).isPresent() && account.find(FORWARD_TO).equals(account.find(NUMBER))) {
            problems.add("forwardTo must not be number: it would call itself.");
        }
        between(account, LONGEST_VOICEMAIL, "1s", Duration.ofSeconds(1), "1h", Duration.ofHours(1), problems);
        between(account, RING_FOR, "5s", Duration.ofSeconds(5), "10m", Duration.ofMinutes(10), problems);
        return problems;
    }

    private static void between(
            Account account,
            Setting<Duration> setting,
            String from,
            Duration least,
            String to,
            Duration most,
            List<String> problems) {
        account.find(setting)
                .filter(time -> time.compareTo(least) < 0 || time.compareTo(most) > 0)
                .ifPresent(time -> problems.add(setting.name() + " must be from " + from + " to " + to + "."));
    }

    private static Optional<NumberWebhook> number(Account account) {
        return account.find(NUMBER)
                .map(number -> new NumberWebhook(number, NUMBER.name(), List.of("VoiceUrl", "StatusCallback")));
    }

    @Override
    public Plan plan(Account account) {
        return number(account)
                .map(number -> new Plan(true, number.steps(account)))
                .orElseGet(() -> new Plan(
                        false,
                        List.of(
                                "in the Twilio console, Phone Numbers → the number → Voice: set 'A call comes in' and 'Call"
                                        + " status changes' to " + PublicUrls.callback(account)
                                        + " (HTTP POST); with the setting"
                                        + " number it is done here")));
    }

    @Override
    public Optional<String> connect(Account account, Transport transport) throws TransportFailure {
        return number(account).orElseThrow().connect(account, transport);
    }

    @Override
    public Set<String> headers() {
        return Stream.concat(WebhookSignature.HEADERS.stream(), PublicUrls.HEADERS.stream())
                .collect(Collectors.toSet());
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        return WebhookSignature.verify(account, request);
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        Request request = verified.request();
        ReceivedForm form = WebhookForm.of(request);
        return new InboundReader(
                        new CallForm(form),
                        Caller.of(form, request.query()),
                        account.find(FORWARD_TO).isPresent(),
                        request.receivedAt())
                .read();
    }

    @Override
    public Acknowledgement acknowledge(Account account, Request request) {
        try {
            ReceivedForm received = WebhookForm.of(request);
            CallForm form = new CallForm(received);
            form.call(); // without an id it is no call
            CallScript script = new CallScript(account);
            Caller caller = Caller.of(received, request.query());
            return switch (form.what()) {
                case CALL -> form.isEnded() ? CallScript.nothing() : script.incoming(caller);
                case DIALED -> form.isTaken() ? CallScript.over() : script.unanswered(caller);
                case RECORDED -> CallScript.over();
                case OTHER_LEG, RECORDING, TRANSCRIPTION -> CallScript.nothing();
            };
        } catch (MalformedPayload e) {
            return CallScript.over(); // it is stored as dead, and nobody knows what it was
        }
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        return new Outcome.Refused(
                Reason.UNSUPPORTED, "no text reaches a caller: call back, or write to the number on another channel");
    }

    /** Twilio tells of a recording before it is there. */
    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        Instant given = origin.receivedAt().plus(RECORDING_READY);
        return TwilioAccount.fetch(
                account,
                media,
                LARGEST_RECORDING,
                transport,
                answer -> answer.status() == 404 && transport.clock().instant().isBefore(given)
                        ? notYet(answer)
                        : MediaDownload.refusals("Twilio").apply(answer));
    }

    private static Outcome notYet(Response answer) {
        return new Outcome.Retry(
                Reason.PROVIDER_DOWN, "Twilio answered " + answer.status() + ": not made yet", RECORDING_WAIT);
    }

    /** It takes nothing: this is for those who ask all the same. */
    @Override
    public Limits limits(Account account) {
        return Limits.text(Integer.MAX_VALUE, Limits.Unit.CHARACTERS).build();
    }

    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.IDEMPOTENT; // nothing is ever sent
    }
}
