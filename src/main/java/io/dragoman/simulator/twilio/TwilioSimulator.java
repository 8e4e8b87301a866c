// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.twilio;

import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Twilio Programmable Messaging on this machine: an SMS number, or with a sender such as {@code whatsapp:+15550100} a
 * WhatsApp one. It checks credentials and forms, answers as Twilio does, signs its webhooks, reports statuses, and
 * keeps media behind credentials and a redirect. Customers are named without the {@code whatsapp:}.
 */
public final class TwilioSimulator extends HttpSimulator {
    static final String NUMBER = "+15550100";
    static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String AUTH_TOKEN = "simulated-twilio-auth-token";
    private static final String API_KEY = "SK00000000000000000000000000000001";
    private static final String API_SECRET = "simulated-twilio-api-secret";
    private static final Set<String> STOP = Set.of("stop", "stopall", "unsubscribe", "cancel", "end", "quit");
    private static final Set<String> START = Set.of("start", "yes", "unstop");

    private final String from;
    private final PhoneNumbers numbers;
    private final MessageLog messages = new MessageLog();
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final Map<String, String> templates = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Integer> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lost = new AtomicInteger();
    private final MediaResources media = new MediaResources();
    private final ExecutorService callbacks = inOrder("simulator-twilio-status");

    /** An SMS number. */
    public TwilioSimulator(int port) {
        this(port, NUMBER);
    }

    /**
     * @param port 0 for any free one
     * @param from {@code +15550100} or {@code whatsapp:+15550100}
     */
    public TwilioSimulator(int port, String from) {
        this(port, from, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public TwilioSimulator(int port, String from, Clock clock) {
        super(port, clock);
        this.from = from;
        this.numbers = new PhoneNumbers(from);
        start();
    }

    @Override
    public String kind() {
        return "twilio";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "accountSid",
                ACCOUNT,
                "authToken",
                AUTH_TOKEN,
                "from",
                from,
                "baseUrl",
                baseUrl().toString());
    }

    /** The API key that works beside the Auth Token. */
    public Map<String, String> apiKeySettings() {
        return Map.of("apiKey", API_KEY, "apiSecret", API_SECRET);
    }

    /** Makes a template of the Content API known; {@code {{1}}} marks a place. */
    public void template(String contentSid, String text) {
        templates.put(contentSid, text);
    }

    /** The next accepted message fails later, in its status callback, with this code. */
    public void failNext(int errorCode) {
        failures.add(errorCode);
    }

    /** The next API request is carried out, but the line drops before the answer. */
    public void loseNextAnswer() {
        lost.incrementAndGet();
    }

    /** More than 24 hours pass since a WhatsApp customer last wrote. */
    @Override
    public boolean closeWindow(String customer) {
        return open.remove(partyOf(customer)) || whatsapp();
    }

    /** The customer opens a message that was delivered: WhatsApp tells. */
    public void customerReads(String sid) {
        messages.find(sid).ifPresent(message -> callbacks.execute(() -> report(message, "read", 0)));
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        return customerSends(callback, customer, text, Map.of());
    }

    /** A customer sends a picture or file: the webhook holds links to it. */
    public int customerSendsMedia(URI callback, String customer, String caption, String mimeType, byte[] bytes) {
        String message = nextSid("MM");
        String path = media.put(ACCOUNT, message, nextSid("ME"), mimeType, bytes);
        return incoming(
                callback,
                customer,
                message,
                caption,
                Map.of("NumMedia", "1", "MediaUrl0", baseUrl() + path, "MediaContentType0", mimeType));
    }

    /** A customer sends anything else, told by further parameters such as {@code ButtonPayload}. */
    public int customerSends(URI callback, String customer, String text, Map<String, String> more) {
        return incoming(callback, customer, nextSid("SM"), text, more);
    }

    /** A message that is only in the list: no webhook is posted. Returns its id. */
    public String listed(String sender, String to, String direction, String text, Instant at) {
        String sid = nextSid("SM");
        String status = direction.equals("inbound") ? "received" : "delivered";
        messages.add(TwilioMessageBuilder.builder()
                .sid(sid)
                .account(ACCOUNT)
                .from(sender)
                .to(to)
                .body(text)
                .direction(direction)
                .status(status)
                .at(at)
                .build());
        return sid;
    }

    private int incoming(URI callback, String customer, String sid, String text, Map<String, String> more) {
        Map<String, String> form = WebhookForms.message(sid, partyOf(customer), from, text);
        form.putAll(more);
        open.add(partyOf(customer));
        heed(customer, text);
        int count = Integer.parseInt(form.getOrDefault("NumMedia", "0"));
        messages.add(TwilioMessageBuilder.builder()
                .sid(sid)
                .account(ACCOUNT)
                .from(partyOf(customer))
                .to(from)
                .body(text)
                .direction("inbound")
                .status("received")
                .media(count)
                .at(Instant.now())
                .build());
        return brings(callback, WebhookForms.written(form));
    }

    private void heed(String customer, String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (!whatsapp() && STOP.contains(word)) {
            stopped.add(partyOf(customer));
        } else if (START.contains(word)) {
            stopped.remove(partyOf(customer));
        }
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-twilio-signature");
    }

    @Override
    public int brings(URI callback, byte[] form) {
        URI url = URI.create(callback.toString().split("#", 2)[0]);
        String signature = HmacSigner.base64("HmacSHA1", HmacSigner.utf8(AUTH_TOKEN), WebhookForms.signed(url, form));
        return post(
                url,
                "application/x-www-form-urlencoded; charset=UTF-8",
                form,
                Map.of("X-Twilio-Signature", signature, "I-Twilio-Idempotency-Token", nextSid("")));
    }

    private String nextSid(String prefix) {
        return prefix + String.format(Locale.ROOT, "%032x", ids().next());
    }

    private boolean whatsapp() {
        return from.startsWith("whatsapp:");
    }

    private String partyOf(String customer) {
        return whatsapp() && !customer.startsWith("whatsapp:") ? "whatsapp:" + customer : customer;
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        SimulatorResponse response = respond(request);
        if (lost.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("the line drops");
        }
        return response;
    }

    private SimulatorResponse respond(SimulatorRequest request) {
        String path = request.path();
        if (path.startsWith(MediaResources.CDN)) {
            return media.bytes(request.uri());
        }
        if (!authentic(request)) {
            return TwilioRefusal.AUTHENTICATE.response();
        }
        String numbered = "/2010-04-01/Accounts/" + ACCOUNT + "/IncomingPhoneNumbers";
        if (path.startsWith(numbered)) {
            return numbers.answer(path.substring(numbered.length()), request);
        }
        String base = "/2010-04-01/Accounts/" + ACCOUNT + "/Messages";
        try {
            if (path.equals(base + ".json") && request.method().equals("POST")) {
                return create(UrlEncoded.read(request.text()));
            }
            if (path.equals(base + ".json")) {
                return messages.list(
                        base + ".json", UrlEncoded.read(request.uri().getRawQuery()));
            }
        } catch (IllegalArgumentException e) {
            return TwilioRefusal.BAD_REQUEST.response();
        }
        if (path.matches(Pattern.quote(base) + "/[^/]+/Media[.]json")) {
            return media.list(path);
        }
        if (path.startsWith(base + "/") && path.contains("/Media/")) {
            return media.redirect(path, request.method());
        }
        if (path.startsWith(base + "/") && path.endsWith(".json")) {
            return messages.find(path.substring(base.length() + 1, path.length() - ".json".length()))
                    .map(message -> SimulatorResponse.json(200, message.json()))
                    .orElseGet(TwilioRefusal.NOT_FOUND::response);
        }
        return TwilioRefusal.NOT_FOUND.response();
    }

    /** Where what comes in for the number is posted; empty until somebody sets it. */
    public String smsUrl() {
        return numbers.url();
    }

    private static boolean authentic(SimulatorRequest request) {
        String given = request.header("Authorization");
        return given.equals(basic(ACCOUNT, AUTH_TOKEN)) || given.equals(basic(API_KEY, API_SECRET));
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private SimulatorResponse create(UrlEncoded form) {
        TwilioRefusal refusal = TwilioRefusal.of(form, from, stopped, templates.keySet());
        if (refusal != null) {
            return refusal.response();
        }
        String to = form.get("To");
        String text = form.has("ContentSid") ? filled(form) : form.get("Body");
        List<String> urls = form.all("MediaUrl");
        String service = form.has("MessagingServiceSid") ? form.get("MessagingServiceSid") : null;
        String sid = nextSid(urls.isEmpty() ? "SM" : "MM");
        TwilioMessage message = TwilioMessageBuilder.builder()
                .sid(sid)
                .account(ACCOUNT)
                .from(form.has("From") ? form.get("From") : from)
                .to(to)
                .body(text)
                .direction("outbound-api")
                .status(service == null ? "queued" : "accepted")
                .media(urls.size())
                .at(Instant.now())
                .service(service)
                .statusCallback(form.has("StatusCallback") ? form.get("StatusCallback") : null)
                .build();
        messages.add(message);
        boolean closed = whatsapp() && !form.has("ContentSid") && !open.contains(to);
        Integer scripted = failures.poll();
        String shown = media.describe(urls) + (form.has("PersistentAction") ? "[location] " : "") + text;
        int failure = scripted != null ? scripted : closed ? 63016 : shown.startsWith("?") ? 11200 : 0;
        if (failure == 0) {
            deliver(new Delivered(to.replace("whatsapp:", ""), sid, shown.strip()));
        }
        callbacks.execute(() -> reportAll(message, failure));
        return SimulatorResponse.json(201, message.json());
    }

    private String filled(UrlEncoded form) {
        String text = templates.getOrDefault(form.get("ContentSid"), "");
        for (Map.Entry<String, String> one : TwilioRefusal.variables(form).entrySet()) {
            text = text.replace("{{" + one.getKey() + "}}", one.getValue());
        }
        return text;
    }

    private void reportAll(TwilioMessage message, int failure) {
        report(message, "queued", 0);
        if (failure == 0) {
            report(message, "sent", 0);
            report(message, "delivered", 0);
        } else if (failure >= 30003 && failure <= 30008) {
            report(message, "sent", 0);
            report(message, "undelivered", failure);
        } else {
            report(message, "failed", failure);
        }
    }

    private void report(TwilioMessage message, String status, int errorCode) {
        TwilioMessage now = message.with(status, errorCode);
        messages.add(now);
        String callback = message.statusCallback();
        if (callback == null) {
            return;
        }
        brings(URI.create(callback), WebhookForms.written(WebhookForms.status(now)));
    }

    @Override
    public void close() {
        callbacks.shutdownNow();
        super.close();
    }
}
