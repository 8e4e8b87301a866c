// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.wechat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What WeChat posts, written element by element. For one thread. */
final class PushedXml {
    private static final Pattern ENCRYPTED = Pattern.compile("<Encrypt><!\\[CDATA\\[([^\\]]*)]]></Encrypt>");

    private final StringBuilder xml = new StringBuilder("<xml>");

    /** Begins a message or event. */
    PushedXml(String account, String customer, Instant at, String type) {
        text("ToUserName", account).text("FromUserName", customer);
        number("CreateTime", at.getEpochSecond()).text("MsgType", type);
    }

    PushedXml text(String name, String value) {
        String inside = value.replace("]]>", "]]]]><![CDATA[>");
        xml.append('<').append(name).append("><![CDATA[").append(inside).append("]]></");
        xml.append(name).append('>');
        return this;
    }

    PushedXml number(String name, long value) {
        xml.append('<').append(name).append('>').append(value).append("</").append(name);
        xml.append('>');
        return this;
    }

    byte[] bytes() {
        return (xml + "</xml>").getBytes(StandardCharsets.UTF_8);
    }

    /** What is posted in safe mode. */
    static byte[] envelope(String account, String encrypted) {
        return ("<xml><ToUserName><![CDATA[" + account + "]]></ToUserName><Encrypt><![CDATA[" + encrypted
                        + "]]></Encrypt></xml>")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The ciphertext of such a body; empty for any other. */
    static Optional<String> encrypted(byte[] body) {
        Matcher found = ENCRYPTED.matcher(new String(body, StandardCharsets.UTF_8));
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
