// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.RecordedCases;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.connector.Signature;
import io.dragoman.contract.CheckResult;
import io.dragoman.contract.Contract;
import io.dragoman.contract.WebhookSample;
import io.dragoman.model.CustomerEvent;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import me.chanjar.weixin.common.util.crypto.SHA1;
import me.chanjar.weixin.common.util.crypto.WxCryptUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What WeChat posts: recorded, signed and encrypted by the library that most accounts in Java use. The whole contract is
 * run with the simulator, which posts XML; here are the checks that need JSON, whose every value they replace.
 */
final class WeChatTest implements WebhookSample {
    private static final RecordedCases CASES = RecordedCases.of("channel/wechat", "xml");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");
    private static final String NOW_SECONDS = Long.toString(NOW.getEpochSecond());
    private static final String USER = "oyORnuP8q7ou2gfYjqLzSIWZf0rs";
    private static final String TOKEN = "the-token-of-ours";
    private static final String AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    private static final String FORMER_KEY = "GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba";
    private static final String APP_ID = "wxb11529c136998cb6";
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));

    /** What stands in front of a message differs each time. */
    private static final AtomicInteger SEALED = new AtomicInteger();

    private final WeChat weChat = new WeChat();

    @Override
    public WeChat connector() {
        return weChat;
    }

    @Override
    public Account account(URI provider) {
        return account(Map.of("baseUrl", provider.toString(), "encodingAesKey", AES_KEY), false);
    }

    private Account account(Map<String, String> more, boolean insecure) {
        Map<String, String> texts = new HashMap<>(more);
        texts.putIfAbsent("appId", APP_ID);
        texts.put("appSecret", "the-app-secret");
        texts.put("token", TOKEN);
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : weChat.settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(Side.CHANNEL, "shop", "wechat", values, insecure, HOME);
    }

    @Override
    public List<String> secrets() {
        return List.of("the-app-secret", TOKEN, AES_KEY);
    }

    @Override
    public byte[] recorded() {
        return utf8("{\"ToUserName\":\"gh_10f6c3c3ac5a\",\"FromUserName\":\"" + USER + "\",\"CreateTime\":1790000000,"
                + "\"MsgType\":\"text\",\"Content\":\"" + CANARY + "\",\"MsgId\":24567890123456789}");
    }

    @Override
    public Request signed(byte[] body) {
        return sealed(body, AES_KEY, APP_ID);
    }

    @Override
    public List<String> lanes() {
        return List.of(USER);
    }

    @Override
    public List<String> proof() {
        return List.of();
    }

    @Override
    public List<String> proofParameters() {
        return List.of("timestamp", "nonce", "msg_signature");
    }

    static Stream<String> cases() throws IOException {
        return CASES.names();
    }

    @ParameterizedTest
    @ValueSource(strings = {"an unknown word drops nothing", "odd shapes"})
    void everyValueMayBeAnother(String name) {
        assertThat(Contract.checks())
                .filteredOn(check -> check.name().equals(name))
                .singleElement()
                .satisfies(
                        check -> assertThat(Contract.run(check, this).state()).isEqualTo(CheckResult.State.PASSED));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsWhatWasRecorded(String name) throws Exception {
        CASES.check(name, recorded -> read(account(), signed(recorded)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void plainModeReadsTheSame(String name) throws Exception {
        Account insecure = account(Map.of(), true);
        CASES.check(name, recorded -> read(insecure, plain("POST", "", recorded)));
    }

    @Test
    void plainModeNeedsAnInsecureAccount() {
        assertThat(weChat.problems(account(Map.of(), false)))
                .singleElement()
                .asString()
                .startsWith("encodingAesKey is missing");
        assertRefused(account(Map.of(), false), plain("POST", "", recorded()));
    }

    @Test
    void plainModeStillNeedsTheSignature() {
        Request request = plain("POST", "", recorded());
        assertRefused(account(Map.of(), true), with(request, request.query().replace("nonce=7", "nonce=8")));
    }

    @Test
    void plainBodyIsRefusedWhereThereIsAKey() {
        assertRefused(account(), plain("POST", "", recorded()));
        assertRefused(account(Map.of("encodingAesKey", AES_KEY), true), plain("POST", "", recorded()));
    }

    @Test
    void encryptedBodyInPlainModeNamesWhatIsMissing() {
        Request sealed = signed(recorded());
        Request request = with(sealed, plain("POST", "", recorded()).query());
        assertThatThrownBy(() -> read(account(Map.of(), true), request))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("encodingAesKey is missing");
    }

    @Test
    void messageForAnotherAppIsRefused() {
        assertRefused(account(), sealed(recorded(), AES_KEY, "wxb11529c136998cb7"));
    }

    @Test
    void envelopeForAnotherAccountIsRefused() {
        Request request = signed(recorded());
        byte[] other = utf8(new String(request.body(), StandardCharsets.UTF_8).replace("gh_1", "gh_2"));
        assertThatCode(() -> weChat.verify(account(), request)).doesNotThrowAnyException();
        assertRefused(account(), body(request, other));
    }

    @Test
    void messageUnderAnotherKeyIsKeptUntilTheKeyIsRight() throws Exception {
        Request request = sealed(recorded(), FORMER_KEY, APP_ID);
        assertThatThrownBy(() -> read(account(), request))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("encodingAesKey is not the one");
        Account rotated = account(Map.of("encodingAesKey", AES_KEY, "previousEncodingAesKey", FORMER_KEY), false);
        assertThat(read(rotated, request)).hasSize(1);
    }

    @Test
    void replayOfSixMinutesAgoIsRefused() {
        Request request = signed(recorded());
        assertThatCode(() -> weChat.verify(account(), at(request, NOW.plusSeconds(290))))
                .doesNotThrowAnyException();
        assertRefused(account(), at(request, NOW.plusSeconds(310)));
        assertRefused(account(), at(request, NOW.minusSeconds(70)));
    }

    @Test
    void addressIsProvenByItsEcho() throws Exception {
        Request request = plain("GET", "&echostr=5927782489442352469", new byte[0]);
        assertThat(read(account(), request)).isEmpty();
        assertThat(weChat.acknowledge(account(), request).body()).isEqualTo("5927782489442352469");
        assertRefused(account(), with(request, request.query().replace("signature=", "signature=0")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%3Cscript%3E", "a%0Ab"})
    void echoThatIsNoWordIsRefused(String echo) {
        assertRefused(account(), plain("GET", "&echostr=" + echo, new byte[0]));
    }

    @Test
    void messageIsAnsweredWithSuccess() {
        assertThat(weChat.acknowledge(account(), signed(recorded())).body()).isEqualTo("success");
    }

    /** A try that WeChat makes again has another time and word, and is encrypted anew. */
    @Test
    void repetitionHasTheSameKey() throws Exception {
        assertThat(signed(recorded()).body()).isNotEqualTo(signed(recorded()).body());
        assertThat(read(account(), signed(recorded()))).isEqualTo(read(account(), signed(recorded())));
    }

    @Test
    void twoButtonsWithinASecondAreTwo() throws Exception {
        String click = "<xml><FromUserName>o1</FromUserName><CreateTime>1790000000</CreateTime><MsgType>event</MsgType>"
                + "<Event>CLICK</Event><EventKey>";
        String first = read(account(), signed(utf8(click + "a</EventKey></xml>")))
                .get(0)
                .key();
        String second = read(account(), signed(utf8(click + "b</EventKey></xml>")))
                .get(0)
                .key();
        assertThat(first).isNotEqualTo(second);
    }

    /** A document type alone is refused, so that nothing it could name is ever read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE xml><xml><MsgType>text</MsgType></xml>",
                "<!DOCTYPE xml [<!ENTITY a \"b\">]><xml><MsgType>&a;</MsgType></xml>",
                "<!DOCTYPE xml SYSTEM \"http://127.0.0.1:9/a.dtd\"><xml/>",
            })
    @Timeout(60)
    void documentTypeIsRefused(String xml) {
        assertThatThrownBy(() -> read(account(), signed(utf8(xml))))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("document type");
    }

    @Test
    void depthIsBounded() {
        assertThatThrownBy(() -> XmlFields.read(utf8("<a>".repeat(50_000))))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("more than 10 elements");
    }

    private List<CustomerEvent> read(Account account, Request request) throws Exception {
        List<CustomerEvent> events = weChat.read(account, weChat.verify(account, request));
        assertThat(weChat.read(account, Signature.stored(request))).isEqualTo(events); // as a replay reads it
        return events;
    }

    private void assertRefused(Account account, Request request) {
        assertThatThrownBy(() -> weChat.verify(account, request)).isInstanceOf(AuthenticationFailed.class);
    }

    private Request sealed(byte[] message, String key, String appId) {
        String text = new String(message, StandardCharsets.UTF_8);
        String encrypted =
                new WxCryptUtil(TOKEN, key, appId).encrypt("random-%09d".formatted(SEALED.incrementAndGet()), text);
        String signature = SHA1.gen(TOKEN, NOW_SECONDS, "7", encrypted);
        String body = "<xml><ToUserName><![CDATA[gh_10f6c3c3ac5a]]></ToUserName><Encrypt><![CDATA[" + encrypted
                + "]]></Encrypt></xml>";
        String query = plain("POST", "", message).query() + "&encrypt_type=aes&msg_signature=" + signature;
        return new Request(Request.Origin.RECEIVED, "POST", "/channels/shop", query, Map.of(), utf8(body), NOW);
    }

    private Request plain(String method, String more, byte[] body) {
        String signature = SHA1.gen(TOKEN, NOW_SECONDS, "7");
        String query = "signature=" + signature + "&timestamp=" + NOW_SECONDS + "&nonce=7" + more;
        return new Request(Request.Origin.RECEIVED, method, "/channels/shop", query, Map.of(), body, NOW);
    }

    private static Request with(Request request, String query) {
        return new Request(
                request.origin(),
                request.method(),
                request.path(),
                query,
                request.headers(),
                request.body(),
                request.receivedAt());
    }

    private static Request body(Request request, byte[] body) {
        return new Request(
                request.origin(),
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                body,
                request.receivedAt());
    }

    private static Request at(Request request, Instant time) {
        return new Request(
                request.origin(),
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                request.body(),
                time);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
