// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import io.dragoman.connector.kit.JsonFields;
import org.jspecify.annotations.Nullable;

/** X's text, in which addresses are shortened and three characters written as in HTML. */
final class XText {
    /** Where a post shows its own pictures. */
    private static final String OWN_MEDIA = "https://(?:x|twitter)\\.com/.{1,200}/(?:photo|video)/\\d{1,2}";

    private XText() {}

    /**
     * As a person reads it.
     *
     * @param written has {@code text} and, where X tells them, {@code entities.urls}
     * @param shown an address that stands for what is attached; null for none
     */
    static @Nullable String read(JsonFields written, @Nullable String shown) {
        String text = written.word("text");
        if (text == null) {
            return null;
        }
        String rest = text;
        boolean attached = shown != null && text.contains(shown);
        for (JsonFields url : written.inner("entities").each("urls")) {
            String brief = url.word("url");
            String whole = url.word("expanded_url");
            if (brief != null && whole != null && brief.startsWith("http") && !brief.equals(shown)) {
                attached |= whole.matches(OWN_MEDIA);
                rest = rest.replace(brief, whole.matches(OWN_MEDIA) ? "" : whole);
            }
        }
        rest = shown == null ? rest : rest.replace(shown, "");
        String plain = rest.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        return attached ? plain.strip() : plain;
    }
}
