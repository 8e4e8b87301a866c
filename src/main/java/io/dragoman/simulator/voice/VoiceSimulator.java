// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.voice;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import io.dragoman.simulator.voice.Twiml.Verb;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Twilio Programmable Voice on this machine, with one number: it places calls, does what the TwiML says that it is
 * answered, posts what becomes of the call, signed, and gives recordings to who has the account's credentials. Thread-safe.
 */
public final class VoiceSimulator extends HttpSimulator {
    public static final String NUMBER = "+15550100";
    private static final String ACCOUNT = "AC00000000000000000000000000000002";
    private static final String AUTH_TOKEN = "simulated-voice-auth-token";
    private static final String NUMBER_SID = "PN00000000000000000000000000000002";
    private static final String BASE = "/2010-04-01/Accounts/" + ACCOUNT;

    private final ObjectMapper json = new ObjectMapper();
    private final Recordings recordings = new Recordings();
    private final Map<String, String> number = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> dialed = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
    private volatile boolean twice;

    /** On a port; 0 for any free one. */
    public VoiceSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public VoiceSimulator(int port, Clock clock) {
        super(port, clock);
        start();
    }

    @Override
    public String kind() {
        return "voice";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "accountSid", ACCOUNT,
                "authToken", AUTH_TOKEN,
                "number", NUMBER,
                "transcribe", "true",
                "baseUrl", baseUrl().toString());
    }

    /** What Twilio's error log would say of the answers that it got. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** How the phone that the next call is forwarded to ends: {@code completed}, {@code busy}, {@code no-answer}, … */
    public void dialEnds(String status) {
        dialed.add(status);
    }

    /** From now on each request is posted a second time. */
    public void repeats() {
        twice = true;
    }

    /** So many requests for recordings more find nothing yet. */
    public void recordingsAreLate(int requests) {
        recordings.late(requests);
    }

    /** What the number's addresses are set to, such as {@code VoiceUrl}. */
    public String numberHas(String field) {
        return number.getOrDefault(field, "");
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-twilio-signature");
    }

    @Override
    public int brings(URI callback, byte[] form) {
        return send(request(callback, form));
    }

    /** The customer calls, says this after the tone, if there is one, and hangs up. */
    @Override
    public int customerWrites(URI callback, String customer, String text) {
        return new Call(callback, customer, text).place();
    }

    /** The customer calls and hangs up while the greeting is read. */
    public int customerHangsUp(URI callback, String customer) {
        return new Call(callback, customer, null).place();
    }

    private HttpRequest request(URI target, byte[] form) {
        URI url = URI.create(target.toString().split("#", 2)[0]);
        String signature = HmacSigner.base64("HmacSHA1", HmacSigner.utf8(AUTH_TOKEN), CallForms.signed(url, form));
        return HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(15))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .header("X-Twilio-Signature", signature)
                .header("I-Twilio-Idempotency-Token", nextSid(""))
                .POST(HttpRequest.BodyPublishers.ofByteArray(form))
                .build();
    }

    private String nextSid(String prefix) {
        return prefix + String.format(Locale.ROOT, "%032x", ids().next());
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) {
        String pair = ACCOUNT + ":" + AUTH_TOKEN;
        String right = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        String path = request.path();
        if (!request.header("Authorization").equals(right)) {
            return SimulatorResponse.json(401, "{\"code\":20003,\"message\":\"Authenticate\",\"status\":401}");
        }
        if (path.startsWith(BASE + "/Recordings/")) {
            return recordings.get(path.substring((BASE + "/Recordings/").length()));
        }
        if (path.equals(BASE + "/IncomingPhoneNumbers.json")) {
            String asked = UrlEncoded.read(request.uri().getRawQuery()).get("PhoneNumber");
            ObjectNode list = json.createObjectNode();
            list.putArray("incoming_phone_numbers");
            if (asked.isEmpty() || asked.equals(NUMBER)) {
                list.withArray("incoming_phone_numbers").add(numberJson());
            }
            return SimulatorResponse.json(200, list);
        }
        if (path.equals(BASE + "/IncomingPhoneNumbers/" + NUMBER_SID + ".json")) {
            UrlEncoded form = UrlEncoded.read(request.text());
            form.names().forEach(name -> number.put(name, form.get(name)));
            return SimulatorResponse.json(200, numberJson());
        }
        return SimulatorResponse.json(404, "{\"code\":20404,\"status\":404}");
    }

    private ObjectNode numberJson() {
        return json.createObjectNode()
                .put("sid", NUMBER_SID)
                .put("phone_number", NUMBER)
                .put("voice_url", numberHas("VoiceUrl"))
                .put("voice_method", numberHas("VoiceMethod"))
                .put("status_callback", numberHas("StatusCallback"));
    }

    /** One call, from its first ring to what is told of it afterwards. */
    private final class Call {
        private final URI callback;
        private final String caller;
        private final @org.jspecify.annotations.Nullable String words;
        private final String id = nextSid("CA");
        private boolean over;

        Call(URI callback, String caller, @org.jspecify.annotations.Nullable String words) {
            this.callback = callback;
            this.caller = caller;
            this.words = words;
        }

        int place() {
            Answer answer = post(callback, form("ringing"));
            if (answer.status() / 100 == 2) {
                follow(answer);
            }
            Map<String, String> end = form("completed");
            end.put("CallDuration", "17");
            end.put("Duration", "1");
            end.put("CallbackSource", "call-progress-events");
            end.put("SequenceNumber", "0");
            post(callback, end);
            if (answer.body().isEmpty() && words != null) { // no words on what to do: as if they had said to record
                transcribe(callback, nextSid("RE"));
            }
            return answer.status();
        }

        private Map<String, String> form(String status) {
            return CallForms.call(ACCOUNT, id, caller, NUMBER, status);
        }

        private Answer post(URI target, Map<String, String> form) {
            byte[] written = CallForms.written(form);
            if (twice) {
                ask(request(target, written));
            }
            return ask(request(target, written));
        }

        private void follow(Answer answer) {
            if (answer.body().isEmpty() && answer.contentType().isEmpty()) {
                return; // another courier carried it
            }
            for (Verb verb : Twiml.read(answer.contentType(), answer.body(), complaints::add)) {
                if (over) {
                    return;
                }
                switch (verb.name()) {
                    case "Say" -> say(verb);
                    case "Dial" -> dial(verb);
                    case "Record" -> record(verb);
                    case "Hangup", "Reject" -> over = true;
                    default -> {}
                }
            }
        }

        private void say(Verb verb) {
            deliver(new Delivered(caller, id, verb.text()));
            over = words == null;
        }

        private void dial(Verb verb) {
            String ended = dialed.isEmpty() ? "no-answer" : dialed.remove();
            String leg = nextSid("CA");
            boolean taken = ended.equals("completed");
            for (Verb noun : verb.nouns()) {
                if (taken && noun.attribute("statusCallbackEvent").contains("answered")) {
                    post(
                            URI.create(noun.attribute("statusCallback")),
                            CallForms.leg(ACCOUNT, leg, id, caller, noun.text()));
                }
            }
            Map<String, String> form = form(taken ? "completed" : "in-progress");
            form.put("DialCallStatus", ended);
            form.put("DialCallSid", leg);
            if (taken) {
                form.put("DialCallDuration", "42");
            }
            over = taken;
            follow(post(URI.create(verb.attribute("action")), form));
        }

        private void record(Verb verb) {
            String said = words;
            if (said == null || said.isBlank()) {
                return; // silence: on to the next verb
            }
            if (verb.attribute("action").isEmpty()) {
                complaints.add("a Record without an action asks the same address again");
            }
            String recording = nextSid("RE");
            recordings.put(recording, said);
            String url = baseUrl() + BASE + "/Recordings/" + recording;
            Map<String, String> form = form("completed");
            form.put("RecordingUrl", url);
            form.put("RecordingSid", recording);
            form.put("RecordingDuration", "4");
            form.put("Digits", "hangup");
            over = true;
            post(URI.create(verb.attribute("action")), form);
            if (!verb.attribute("recordingStatusCallback").isEmpty()) {
                post(
                        URI.create(verb.attribute("recordingStatusCallback")),
                        CallForms.recording(ACCOUNT, id, recording, url, "completed", 4));
            }
            if (verb.attribute("transcribe").equals("true")) {
                transcribe(URI.create(verb.attribute("transcribeCallback")), recording);
            }
        }

        private void transcribe(URI target, String recording) {
            Map<String, String> form = form("completed");
            form.put("RecordingSid", recording);
            form.put("RecordingUrl", baseUrl() + BASE + "/Recordings/" + recording);
            form.put("TranscriptionSid", nextSid("TR"));
            form.put("TranscriptionStatus", "completed");
            form.put("TranscriptionText", String.valueOf(words));
            form.put("TranscriptionType", "fast");
            post(target, form);
        }
    }
}
