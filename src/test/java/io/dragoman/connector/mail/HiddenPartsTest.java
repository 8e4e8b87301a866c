// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.channel.email.Email;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stands inside another part can be fetched as any part can. */
final class HiddenPartsTest {
    private static final Path CASES = Path.of("src/test/resources/io/dragoman/channel/email/cases");

    @Test
    void uuencodedFilesAreFetched() throws IOException {
        assertThat(texts("uuencoded-in-text")).containsExactly("Cat");
        assertThat(texts("uuencoded-in-quoted-printable")).containsExactly("Cat", "Dog");
    }

    @Test
    void picturesInAPageAreFetched() throws IOException {
        assertThat(fetched("data-picture")).hasSize(1).allSatisfy(png -> assertThat(png)
                .startsWith((byte) 0x89, (byte) 'P', (byte) 'N', (byte) 'G'));
        assertThat(texts("data-picture-only").get(0)).isEqualTo("<svg/>");
    }

    /** A picture of more characters than a page may have takes neither itself nor the words behind it away. */
    @Test
    void aLargePictureInAPageLeavesTheWordsBehindIt() {
        byte[] png = new byte[1_100_000];
        new Random(17).nextBytes(png);
        byte[] raw = TestAccount.mail(
                "From: Anna Ott <anna@customer.example>",
                "Content-Type: text/html; charset=utf-8",
                "",
                "<p>See:</p><img src=\"data:image/png;base64,"
                        + Base64.getEncoder().encodeToString(png) + "\"><p>Broken.</p>");
        MessageReceived message = (MessageReceived) TestAccount.read(raw).get(0);
        assertThat(message.parts()).hasSize(2);
        Part.Text text = (Part.Text) message.parts().get(0);
        assertThat(text.text()).isEqualTo("See:\n\nBroken.");
        assertThat(text.html())
                .startsWith("<p>See:</p><img ")
                .contains("data-part=\"1\"")
                .endsWith("<p>Broken.</p>");
        assertThat(fetched(raw)).containsExactly(png);
    }

    @Test
    void filesInASignedMailAreFetched() throws IOException {
        assertThat(texts("smime-signed").get(0)).isEqualTo("%PDF");
        assertThat(texts("smime-signed-streamed").get(0)).isEqualTo("%PDF");
    }

    @Test
    void filesInAWinmailAreFetched() throws IOException {
        assertThat(texts("tnef-alone").subList(0, 2)).containsExactly("%PDF-1.4 invented", "a note");
        assertThat(texts("tnef-beside-text").subList(0, 2)).containsExactly("%PDF-1.4 invented", "a note");
    }

    /** Each file of ours cut at every place, and with every byte turned over, is read to some end. */
    @Test
    @Timeout(60)
    void brokenWinmailIsReadAsFarAsItGoes() throws IOException {
        byte[] raw = Files.readAllBytes(CASES.resolve("tnef-alone.eml"));
        byte[] tnef = MimeReader.read(raw).root().content(raw.length);
        assertThat(Tnef.in(tnef, 100)).hasSize(3);
        assertThat(Tnef.in(tnef, 2)).hasSizeLessThanOrEqualTo(3);
        for (int i = 0; i < tnef.length; i++) {
            assertThat(Tnef.in(Arrays.copyOf(tnef, i), 100)).hasSizeLessThan(4);
            byte[] wrong = tnef.clone();
            wrong[i] = (byte) ~wrong[i];
            assertThat(Tnef.in(wrong, 100)).hasSizeLessThan(5);
        }
    }

    @Test
    @Timeout(60)
    void hostileCalendarsAndArmourAreReadInTime() {
        String head = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n";
        for (String line : List.of(";", "\"", ";\"", "\r\n ", "A;B=\"\";C=:\r\n", "BEGIN:A\r\n", "\\n")) {
            assertThat(CalendarText.read(head + "ATTENDEE" + line.repeat(300_000) + ":x\r\nSUMMARY:y"))
                    .isNotNull();
            assertThat(CalendarText.read(line.repeat(300_000))).isEmpty();
        }
        for (String begin : List.of("MESSAGE", "SIGNATURE", "SIGNED MESSAGE")) {
            String text = ("-----BEGIN PGP " + begin + "-----\nHash: a\n").repeat(30_000);
            assertThat(PgpArmour.read(text)).isNotNull();
        }
    }

    @Test
    void aMailThatIsOneFileIsFetched() throws IOException {
        assertThat(texts("mime-root-attachment")).containsExactly("a;b\r\n1;2\r\n");
        assertThat(texts("mime-type-without-slash")).containsExactly("%PDF-1.4");
    }

    private static List<String> texts(String name) throws IOException {
        return fetched(name).stream()
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static List<byte[]> fetched(String name) throws IOException {
        return fetched(Files.readAllBytes(CASES.resolve(name + ".eml")));
    }

    private static List<byte[]> fetched(byte[] raw) {
        TestTransport transport = new TestTransport();
        Request origin = Request.polled("INBOX/7/1", raw, TestAccount.NOW);
        return ((MessageReceived) TestAccount.read(raw).get(0))
                .parts().stream()
                        .filter(Part.Media.class::isInstance)
                        .map(part -> (Outcome.Fetched)
                                new Email().fetch(TestAccount.with(), (Part.Media) part, origin, transport))
                        .map(outcome -> transport.kept.get(outcome.blob().sha256()))
                        .toList();
    }
}
