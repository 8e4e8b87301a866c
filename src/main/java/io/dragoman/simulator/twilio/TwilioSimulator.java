// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.twilio;

import io.dragoman.simulator.HttpSimulator;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Twilio Programmable Messaging on this machine: an SMS number, or with a sender such as {@code whatsapp:+15550100} a
 * WhatsApp one. It checks credentials and forms, answers as Twilio does, signs its webhooks, reports statuses, and
 * keeps media behind credentials and a redirect. Customers are named without the {@code whatsapp:}.
 */
public final class TwilioSimulator extends HttpSimulator {
    static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String AUTH_TOKEN = "simulated-twilio-auth-token";
    private static final String API_KEY = "SK00000000000000000000000000000001";
    private static final String API_SECRET = "simulated-twilio-api-secret";
    private static final Set<String> STOP = Set.of("stop", "stopall", "unsubscribe", "cancel", "end", "quit");
    private static final Set<String> START = Set.of("start", "yes", "unstop");

    private final String from;
    private final AtomicInteger counter = new AtomicInteger();
    private final Ledger ledger = new Ledger();
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final Map<String, String> templates = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Integer> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lost = new AtomicInteger();
    private final MediaShelf shelf = new MediaShelf();
    private final ExecutorService callbacks = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "simulator-twilio-status");
        thread.setDaemon(true);
        return thread;
    });

    /** An SMS number. */
    public TwilioSimulator(int port) {
        this(port, "+15550100");
    }

    /**
     * Any sender.
     *
     * @param port 0 for any free one
     * @param from {@code +15550100} or {@code whatsapp:+15550100}
     */
    public TwilioSimulator(int port, String from) {
        super(port);
        this.from = from;
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
    public void windowCloses(String customer) {
        open.remove(address(customer));
    }

    /** The customer opens a message that was delivered: WhatsApp tells. */
    public void customerReads(String sid) {
        ledger.find(sid).ifPresent(entry -> callbacks.execute(() -> report(entry, "read", 0)));
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        return customerSends(callback, customer, text, Map.of());
    }

    /** A customer sends a picture or file: the webhook holds links to it. */
    public int customerSendsMedia(URI callback, String customer, String caption, String mimeType, byte[] bytes) {
        String message = nextSid("MM");
        String path = shelf.put(ACCOUNT, message, nextSid("ME"), mimeType, bytes);
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

    /** A message that is only in the list: nobody is told of it. Returns its id. */
    public String listed(String sender, String to, String direction, String text, Instant at) {
        String sid = nextSid("SM");
        String status = direction.equals("inbound") ? "received" : "delivered";
        ledger.add(new Entry(sid, ACCOUNT, sender, to, text, direction, status, 0, 0, at, null, null));
        return sid;
    }

    private int incoming(URI callback, String customer, String sid, String text, Map<String, String> more) {
        Map<String, String> form = Webhooks.message(sid, address(customer), from, text);
        form.putAll(more);
        open.add(address(customer));
        heed(customer, text);
        int media = Integer.parseInt(form.getOrDefault("NumMedia", "0"));
        ledger.add(new Entry(
                sid,
                ACCOUNT,
                address(customer),
                from,
                text,
                "inbound",
                "received",
                0,
                media,
                Instant.now(),
                null,
                null));
        return postSigned(callback, form);
    }

    private void heed(String customer, String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (!whatsapp() && STOP.contains(word)) {
            stopped.add(address(customer));
        } else if (START.contains(word)) {
            stopped.remove(address(customer));
        }
    }

    private int postSigned(URI callback, Map<String, String> form) {
        String url = callback.toString().split("#", 2)[0];
        StringBuilder signed = new StringBuilder(url);
        new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
        return post(
                URI.create(url),
                "application/x-www-form-urlencoded; charset=UTF-8",
                Params.encode(form).getBytes(StandardCharsets.UTF_8),
                Map.of(
                        "X-Twilio-Signature",
                        Hmac.sha1(AUTH_TOKEN, signed.toString()),
                        "I-Twilio-Idempotency-Token",
                        nextSid("")));
    }

    private String nextSid(String prefix) {
        return prefix + String.format(Locale.ROOT, "%032x", counter.incrementAndGet());
    }

    private boolean whatsapp() {
        return from.startsWith("whatsapp:");
    }

    private String address(String customer) {
        return whatsapp() && !customer.startsWith("whatsapp:") ? "whatsapp:" + customer : customer;
    }

    @Override
    protected Answer handle(Asked request) throws IOException {
        Reply reply = reply(request);
        if (lost.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("the line drops");
        }
        return new Answer(reply.status(), reply.contentType(), reply.headers(), reply.body());
    }

    private Reply reply(Asked request) {
        String path = request.uri().getPath();
        if (path.startsWith(MediaShelf.CDN)) {
            return shelf.bytes(request.uri());
        }
        if (!authentic(request)) {
            return Problem.AUTHENTICATE.reply();
        }
        String base = "/2010-04-01/Accounts/" + ACCOUNT + "/Messages";
        try {
            if (path.equals(base + ".json") && request.method().equals("POST")) {
                return create(Params.of(request.text()));
            }
            if (path.equals(base + ".json")) {
                return ledger.list(base + ".json", Params.of(request.uri().getRawQuery()));
            }
        } catch (IllegalArgumentException e) {
            return Problem.BAD_REQUEST.reply();
        }
        if (path.matches(Pattern.quote(base) + "/[^/]+/Media[.]json")) {
            return shelf.list(path);
        }
        if (path.startsWith(base + "/") && path.contains("/Media/")) {
            return shelf.redirect(path, request.method());
        }
        if (path.startsWith(base + "/") && path.endsWith(".json")) {
            return ledger.find(path.substring(base.length() + 1, path.length() - ".json".length()))
                    .map(entry -> Reply.json(200, entry.json()))
                    .orElseGet(Problem.NOT_FOUND::reply);
        }
        return Problem.NOT_FOUND.reply();
    }

    private static boolean authentic(Asked request) {
        String given = request.header("Authorization");
        return given.equals(basic(ACCOUNT, AUTH_TOKEN)) || given.equals(basic(API_KEY, API_SECRET));
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private Reply create(Params form) {
        Problem problem = Problem.of(form, from, stopped, templates.keySet());
        if (problem != null) {
            return problem.reply();
        }
        String to = form.get("To");
        String text = form.has("ContentSid") ? filled(form) : form.get("Body");
        List<String> media = form.all("MediaUrl");
        String service = form.has("MessagingServiceSid") ? form.get("MessagingServiceSid") : null;
        String sid = nextSid(media.isEmpty() ? "SM" : "MM");
        Entry entry = new Entry(
                sid,
                ACCOUNT,
                form.has("From") ? form.get("From") : from,
                to,
                text,
                "outbound-api",
                service == null ? "queued" : "accepted",
                0,
                media.size(),
                Instant.now(),
                service,
                form.has("StatusCallback") ? form.get("StatusCallback") : null);
        ledger.add(entry);
        boolean closed = whatsapp() && !form.has("ContentSid") && !open.contains(to);
        Integer scripted = failures.poll();
        String shown = shelf.describe(media) + (form.has("PersistentAction") ? "[location] " : "") + text;
        int failure = scripted != null ? scripted : closed ? 63016 : shown.startsWith("?") ? 11200 : 0;
        if (failure == 0) {
            deliver(new Delivered(to.replace("whatsapp:", ""), sid, shown.strip()));
        }
        callbacks.execute(() -> reportAll(entry, failure));
        return Reply.json(201, entry.json());
    }

    private String filled(Params form) {
        String text = templates.getOrDefault(form.get("ContentSid"), "");
        for (Map.Entry<String, String> one : Problem.variables(form).entrySet()) {
            text = text.replace("{{" + one.getKey() + "}}", one.getValue());
        }
        return text;
    }

    private void reportAll(Entry entry, int failure) {
        report(entry, "queued", 0);
        if (failure == 0) {
            report(entry, "sent", 0);
            report(entry, "delivered", 0);
        } else if (failure >= 30003 && failure <= 30008) {
            report(entry, "sent", 0);
            report(entry, "undelivered", failure);
        } else {
            report(entry, "failed", failure);
        }
    }

    private void report(Entry entry, String status, int errorCode) {
        Entry now = entry.with(status, errorCode);
        ledger.add(now);
        String callback = entry.statusCallback();
        if (callback == null) {
            return;
        }
        postSigned(URI.create(callback), Webhooks.status(now));
    }

    @Override
    public void close() {
        callbacks.shutdownNow();
        super.close();
    }
}
