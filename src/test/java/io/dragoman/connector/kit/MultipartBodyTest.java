// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.dragoman.connector.HttpCall;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MultipartBodyTest {
    private static final byte[] SECRET = {1, 2, 3};

    @Test
    void formShouldBeWrittenAsBrowsersWriteIt() throws IOException {
        HttpCall.Body body = form("delivery")
                .field("chat_id", "5")
                .field("caption", "grüße\n😀 \ud83d")
                .file("document", "Rechnung für 日本.pdf", "application/pdf", bytes("%PDF"));

        String boundary = body.contentType().replace("multipart/form-data; boundary=", "");
        assertThat(boundary).matches("[0-9a-f]{64}");
        assertThat(text(body)).isEqualTo("""
                        --BOUNDARY\r
                        Content-Disposition: form-data; name="chat_id"\r
                        \r
                        5\r
                        --BOUNDARY\r
                        Content-Disposition: form-data; name="caption"\r
                        \r
                        grüße
                        😀 ?\r
                        --BOUNDARY\r
                        Content-Disposition: form-data; name="document"; filename="Rechnung für 日本.pdf"\r
                        Content-Type: application/pdf\r
                        \r
                        %PDF\r
                        --BOUNDARY--\r
                        """.replace("BOUNDARY", boundary));
    }

    @Test
    void lengthShouldBeThatOfTheBytesWhichAreStreamedEachTime() throws IOException {
        AtomicInteger opened = new AtomicInteger();
        HttpCall.Body body = form("delivery").file("file", null, "video/mp4", () -> {
            opened.incrementAndGet();
            return new ByteArrayInputStream(new byte[300_000]);
        });

        assertThat(read(body)).hasSize((int) body.length()).isEqualTo(read(body));
        assertThat(opened).hasValue(3);
    }

    @Test
    void boundaryShouldBelongToSecretAndDelivery() throws IOException {
        assertThat(type(SECRET, "one")).isEqualTo(type(SECRET, "one"));
        assertThat(type(SECRET, "one")).isNotEqualTo(type(SECRET, "two"));
        assertThat(type(SECRET, "one")).isNotEqualTo(type(new byte[] {9}, "one"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
                    a"; name="b        | a_; name=_b
                    C:\\dir\\..\\x.pdf | C:_dir_.._x.pdf
                    ../../etc/passwd   | .._.._etc_passwd
                    ' '                | file
                    ''                 | file
                    null               | file
                    """)
    void fileNameShouldNotEndItsHeader(String name, String written) throws IOException {
        assertThat(text(form("d").file("file", name, "a/b", bytes("x")))).contains("filename=\"" + written + "\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html; charset=utf-7", "text/html; charset=-x", "text/html;charset=no-such-charset"})
    void charsetThatIsNotThereShouldBeLeftOut(String mimeType) throws IOException {
        assertThat(text(form("d").file("file", "a.html", mimeType, bytes("x"))))
                .contains("filename=\"a.html\"\r\nContent-Type: text/html\r\n");
    }

    @Test
    void lineBreakShouldStartNoHeader() throws IOException {
        String text =
                text(form("d").file("file", "a\r\nX-Evil: 1\r\n\r\nb\u0000.pdf", "text/html\r\nX-Evil: 2", bytes("x")));

        assertThat(text.lines()).noneMatch(line -> line.startsWith("X-Evil"));
        assertThat(text).contains("filename=\"a_X-Evil: 1_b_.pdf\"\r\nContent-Type: application/octet-stream\r\n");
    }

    @Test
    void parametersOfATypeShouldStay() throws IOException {
        assertThat(text(form("d").file("file", null, "audio/ogg; codecs=opus", bytes("x"))))
                .contains("Content-Type: audio/ogg; codecs=opus\r\n");
        assertThat(MultipartBody.mimeType("audio/ogg; codecs=\"a\r\nb\"")).isEqualTo("application/octet-stream");
    }

    @Test
    void fileThatCannotBeOpenedShouldFailAtOnce() {
        assertThatIOException().isThrownBy(() -> form("d").file("file", null, "a/b", () -> {
            throw new FileNotFoundException();
        }));
    }

    private static MultipartBody form(String key) {
        return new MultipartBody(SECRET, key);
    }

    private static String type(byte[] secret, String key) throws IOException {
        return new MultipartBody(secret, key).file("f", null, "a/b", bytes("")).contentType();
    }

    private static HttpCall.Source bytes(String text) {
        return () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(HttpCall.Body body) throws IOException {
        return new String(read(body), StandardCharsets.UTF_8);
    }

    private static byte[] read(HttpCall.Body body) throws IOException {
        try (InputStream in = body.source().open()) {
            return in.readAllBytes();
        }
    }
}
