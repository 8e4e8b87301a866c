// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StreamParserTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE stream><stream>text</stream>",
                "<!DOCTYPE stream [<!ENTITY word 'other'>]><stream>&word;</stream>",
                "<stream>&word;</stream>"
            })
    void documentTypeIsRefused(String xml) {
        assertThatThrownBy(() -> text(xml)).isInstanceOf(XmlPullParserException.class);
    }

    @Test
    void streamIsRead() throws Exception {
        assertThat(text("<stream a='1'><b>one &amp; <![CDATA[<two>]]></b></stream>"))
                .isEqualTo("one & <two>");
    }

    private static String text(String xml) throws XmlPullParserException, IOException {
        XmlPullParser parser = new StreamParser.Maker().newXmlPullParser(new StringReader(xml));
        StringBuilder text = new StringBuilder();
        for (XmlPullParser.Event event = parser.next();
                event != XmlPullParser.Event.END_DOCUMENT;
                event = parser.next()) {
            if (event == XmlPullParser.Event.TEXT_CHARACTERS) {
                text.append(parser.getText());
            }
        }
        return text.toString();
    }
}
