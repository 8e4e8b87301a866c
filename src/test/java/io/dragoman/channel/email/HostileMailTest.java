// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.mail.MailContent;
import io.dragoman.connector.mail.MimeReader;
import io.dragoman.connector.mail.Place;
import io.dragoman.connector.mail.TestAccount;
import io.dragoman.connector.mail.TestTransport;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Event;
import io.dragoman.model.Part;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mail made to break its reader is read all the same, soon, and nothing of it is lost. */
final class HostileMailTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void tenTimesTheDeepestIsCutOffAndAttachedWhole() {
        StringBuilder bomb =
                new StringBuilder("From: a@customer.example\nContent-Type: multipart/mixed; boundary=b0\n\n");
        for (int i = 0; i < 10 * MimeReader.DEEPEST; i++) {
            bomb.append("--b")
                    .append(i)
                    .append("\nContent-Type: multipart/mixed; boundary=b")
                    .append(i + 1)
                    .append("\n\n");
        }
        assertCutOff(bomb.append("--b" + 10 * MimeReader.DEEPEST + "\n\ndeep\n").toString());
    }

    @Test
    void whatIsDeeperThanAnyRealMailIsCutOff() {
        StringBuilder deep =
                new StringBuilder("From: a@customer.example\nContent-Type: multipart/mixed; boundary=b0\n\n");
        for (int i = 0; i < MimeReader.DEEPEST; i++) {
            deep.append("--b")
                    .append(i)
                    .append("\nContent-Type: multipart/mixed; boundary=b")
                    .append(i + 1)
                    .append("\n\n");
        }
        assertCutOff(deep.append("--b20\n\ndeep\n").toString());
    }

    @Test
    void aHundredThousandSiblingsAreCutOffAndAttachedWhole() {
        assertCutOff("From: a@customer.example\nContent-Type: multipart/mixed; boundary=b\n\n"
                + "--b\n\n\n".repeat(100_000));
    }

    @Test
    void aHugeHeaderIsSkippedToItsBody() {
        String mail = "Subject: s\n" + "X-Filler: " + "x".repeat(900) + "\n";
        byte[] raw = (mail.repeat(2_000) + "From: late@customer.example\n\nthe body").getBytes(StandardCharsets.UTF_8);
        CustomerEvent.MessageReceived event = soon(raw);
        assertThat(((Part.Text) event.parts().get(0)).text()).isEqualTo("the body");
    }

    @Test
    void aMegabyteOnOneHeaderLineIsRead() {
        for (String evil : new String[] {"=?utf-8?Q?", "<", "(", "\"", "=?x?B?aa?= ", "a@b,", "\\\"", ";x*0*=%"}) {
            String filler = evil.repeat(200_000 / evil.length());
            byte[] raw = TestAccount.mail(
                    "From: " + filler,
                    "To: " + filler,
                    "Subject: " + filler.substring(0, 30_000),
                    "References: " + filler.substring(0, 20_000),
                    "Content-Type: text/plain" + filler.substring(0, 20_000),
                    "",
                    "body");
            assertThat(soon(raw).parts()).isNotEmpty();
        }
    }

    @Test
    void deepHtmlIsRead() {
        String html = "<div>".repeat(100_000) + "inside" + "<blockquote>".repeat(20_000) + "quoted";
        byte[] raw = TestAccount.mail("From: a@customer.example", "Content-Type: text/html", "", html);
        assertThat(soon(raw).parts()).isNotEmpty();
    }

    @Test
    void htmlThatGrowsWhenCleanedIsLeftToTheAttachedMail() {
        byte[] raw =
                TestAccount.mail("From: a@customer.example", "Content-Type: text/html", "", "<a>x".repeat(200_000));
        CustomerEvent.MessageReceived event = soon(raw);
        assertThat(((Part.Text) event.parts().get(0)).html()).isNull();
        assertThat(((Part.Media) event.parts().get(1)).source()).isEqualTo("raw");
    }

    @Test
    void textThatLooksLikeQuotesForMegabytesIsRead() {
        for (String line : new String[] {
            "> ", "On 1 a@b wrote:\n", "-- \n", "From: x\n", "_____\n", "a:", "a: b\n", "-", "> a\nb\n"
        }) {
            byte[] raw = TestAccount.mail(
                    "From: a@customer.example", "In-Reply-To: <x@y>", "", line.repeat(900_000 / line.length()));
            assertThat(soon(raw).parts()).isNotEmpty();
        }
    }

    @Test
    void textMadeOfWhatQuotesAreMadeOfIsReadAtOnce() {
        for (String line : new String[] {
            "a: b\n",
            "a: ana@customer.example 16.11.2026 10:00\n",
            "---\na: Example Shop\n",
            "-----Original Message-----\n",
            "_".repeat(90) + "\n",
            "-".repeat(100_000),
            "\n",
            "> a\nb\n",
            "|\n",
            "| a:\n",
            "x@y ".repeat(1_000) + "\n",
            "support@shop.example:\n|a\n",
            "-- \n",
            "1:1 ",
            "2026 ".repeat(100) + "\n",
            "Example Shop ".repeat(30) + ":\n",
            "word ".repeat(50) + "16.11.2026 10:00\n",
            "\u202a\u00a0:\n",
            "é\u0301: ".repeat(50) + "\n",
            "https://x ".repeat(40) + "outlook android\n",
        }) {
            String text = line.repeat(Math.max(1, 60_000 / line.length()));
            byte[] raw = TestAccount.mail(
                    "From: Ana <ana@customer.example>",
                    "To: Example Shop <support@shop.example>",
                    "Subject: a: a: a: a: a",
                    "In-Reply-To: <x@y>",
                    "",
                    text + "\n" + text);
            read(raw); // classes are loaded
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            assertThat(read(raw).parts()).isNotEmpty();
            long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            assertThat(Duration.ofNanos(spent))
                    .as(line.substring(0, Math.min(20, line.length())))
                    .isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void longTextIsCutButAttachedWhole() {
        byte[] raw = TestAccount.mail("From: a@customer.example", "", "word ".repeat(600_000));
        CustomerEvent.MessageReceived event = soon(raw);
        assertThat(((Part.Text) event.parts().get(0)).text()).hasSizeBetween(900_000, 1_000_000);
        assertThat(((Part.Media) event.parts().get(1)).source()).isEqualTo("part:");
    }

    @Test
    void noMangledMailThrows() {
        byte[] good = TestAccount.mail(
                "From: Ana <a@customer.example>",
                "Subject: =?utf-8?B?R3LDvMOfZQ==?=",
                "In-Reply-To: <x@y>",
                "Content-Type: multipart/mixed; boundary=\"b\"",
                "",
                "--b",
                "Content-Type: text/html; charset=utf-8",
                "Content-Transfer-Encoding: quoted-printable",
                "",
                "<p>Gr=C3=BC=C3=9Fe</p><blockquote>On 1 Jan x@y wrote:</blockquote>",
                "--b",
                "Content-Type: image/png; name*=utf-8''a%20b.png",
                "Content-Transfer-Encoding: base64",
                "",
                "iVBORw0KGgo=",
                "--b--");
        Random random = new Random(4711);
        for (int round = 0; round < 1_000; round++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length) + 1);
            for (int i = random.nextInt(8); i >= 0; i--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            byte[] mail = bad;
            assertThat(read(mail).automatic()).isNotEqualTo("it could not be read");
        }
    }

    @Test
    void aMailThatOurOwnCodeStumblesOverIsShownAndAttached() {
        byte[] raw = TestAccount.mail("From: Ana <ana@customer.example>", "", "words");
        Event event = new InboundReader(TestAccount.with()).unread(Request.polled("INBOX/1/1", raw, TestAccount.NOW));
        CustomerEvent.MessageReceived message = (CustomerEvent.MessageReceived) event;
        assertThat(message.sender().address()).isEqualTo("ana@customer.example");
        assertThat(((Part.Text) message.parts().get(0)).text()).contains("words");
        assertThat(message.parts().get(1)).isInstanceOf(Part.Unsupported.class);
        assertThat(((Part.Media) message.parts().get(2)).source()).isEqualTo("raw");
    }

    @Test
    void aMailTooLargeToTakeSaysSo() {
        byte[] header = TestAccount.mail("From: Ana <ana@customer.example>", "Subject: Photos", "");
        Request request = Request.polled(Place.headersOnly("INBOX/1/9", 73_400_320), header, TestAccount.NOW);
        CustomerEvent.MessageReceived message = (CustomerEvent.MessageReceived)
                new InboundReader(TestAccount.with()).read(request).get(0);
        assertThat(message.threading().subject()).isEqualTo("Photos");
        assertThat(((Part.Unsupported) message.parts().get(0)).raw()).contains("73400320 bytes");
    }

    @Test
    void whatHidesPartsInItselfThousandsOfTimesIsRead() {
        String html = "Content-Type: text/html\n\n";
        String signed = "Content-Type: application/pkcs7-mime\n\n";
        for (String evil : new String[] {
            html + "<img src='data:image/png;base64,AA'>".repeat(30_000),
            html + "src=data:,".repeat(100_000),
            html + " ".repeat(1_000_000) + "data:",
            "\nbegin 644 a\n" + "begin 644 a\n!\n".repeat(70_000),
            "\n" + "begin 644 a\n`\nend\n".repeat(50_000),
            "\n" + "begin-base64 644 a\nAAAA\n".repeat(40_000),
            "Content-Type: multipart/mixed; boundary=b\n\n"
                    + "--b\nContent-Type: multipart/mixed; boundary=b\n\n".repeat(20_000),
            "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\nX: y\n".repeat(100_000),
            signed + "0\u0080".repeat(400_000),
            signed + "$\u0080".repeat(400_000),
        }) {
            byte[] raw = ("From: a@customer.example\n" + evil).getBytes(StandardCharsets.ISO_8859_1);
            assertThat(soon(raw).parts()).isNotEmpty().hasSizeLessThan(MimeReader.MOST + 5);
        }
    }

    @Test
    void charsetsThatAreNoneAreNotLookedForThousandsOfTimes() {
        byte[] raw = TestAccount.mail("From: " + "=?x?B?aa?= ".repeat(20_000), "", "body");
        assertThat(soon(raw).parts()).isNotEmpty();
    }

    @Test
    void everyPartCanBeFetchedAndNoOther() {
        Account account = TestAccount.with();
        byte[] raw = TestAccount.mail(
                "From: a@customer.example",
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "Content-Type: multipart/related; boundary=c",
                "",
                "--c",
                "Content-Type: text/html",
                "",
                "hi",
                "--c",
                "Content-Type: image/png; name=dot.png",
                "Content-Transfer-Encoding: base64",
                "",
                "AAEC",
                "--c--",
                "--b--");
        Request origin = Request.polled("INBOX/1/1", raw, TestAccount.NOW);
        Part.Media image = (Part.Media) read(raw).parts().get(1);
        TestTransport transport = new TestTransport();
        Outcome.Fetched fetched = (Outcome.Fetched) new Email().fetch(account, image, origin, transport);
        assertThat(transport.kept.get(fetched.blob().sha256())).containsExactly(0, 1, 2);
        assertThat(fetched.fileName()).isEqualTo("dot.png");
        for (String source : new String[] {"part:9", "part:1.2.3", "../x", "", "part:1.2\n"}) {
            Part.Media other = Part.Media.incoming(Part.MediaKind.FILE, null, null, null, source);
            assertThat(new Email().fetch(account, other, origin, transport)).isInstanceOf(Outcome.Refused.class);
        }
        Part.Media whole = MailContent.wholeMail(raw.length);
        Outcome.Fetched all = (Outcome.Fetched) new Email().fetch(account, whole, origin, transport);
        assertThat(transport.kept.get(all.blob().sha256())).isEqualTo(raw);
    }

    @Test
    void aPartLargerThanTheLimitIsRefused() {
        byte[] raw = new byte[1_500_000];
        Arrays.fill(raw, (byte) 'x');
        Part.Media whole = MailContent.wholeMail(raw.length);
        Outcome outcome = new Email()
                .fetch(
                        TestAccount.with("largestMail", "1"),
                        whole,
                        Request.polled("INBOX/1/1", raw, TestAccount.NOW),
                        new TestTransport());
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                .isEqualTo(io.dragoman.model.Reason.TOO_LARGE));
    }

    private static void assertCutOff(String mail) {
        CustomerEvent.MessageReceived event = soon(mail.getBytes(StandardCharsets.UTF_8));
        assertThat(event.parts()).hasSizeLessThan(MimeReader.MOST + 3);
        assertThat(event.parts()).anyMatch(Part.Unsupported.class::isInstance);
        Part.Media last = (Part.Media) event.parts().get(event.parts().size() - 1);
        assertThat(last.source()).isEqualTo("raw");
    }

    private static CustomerEvent.MessageReceived soon(byte[] raw) {
        return assertTimeoutPreemptively(SOON, () -> read(raw));
    }

    private static CustomerEvent.MessageReceived read(byte[] raw) {
        return (CustomerEvent.MessageReceived) TestAccount.read(raw).get(0);
    }
}
