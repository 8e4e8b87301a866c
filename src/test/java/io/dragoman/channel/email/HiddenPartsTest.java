// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    @Test
    void filesInASignedMailAreFetched() throws IOException {
        assertThat(texts("smime-signed").get(0)).isEqualTo("%PDF");
        assertThat(texts("smime-signed-streamed").get(0)).isEqualTo("%PDF");
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
        byte[] raw = Files.readAllBytes(CASES.resolve(name + ".eml"));
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
