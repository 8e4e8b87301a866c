// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.fuzz.Accounts;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Event;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A process of its own, with little memory, that reads mails made to explode. */
public final class MailBombs {
    private static final String FROM = "From: a@customer.example\r\nMessage-ID: <bomb@customer.example>\r\n";
    private static final int LARGE = 24 * 1024 * 1024;

    private MailBombs() {}

    public static void main(String[] arguments) throws Exception {
        Connector email = Accounts.connector("email");
        Account account = Accounts.account("email");
        for (Map.Entry<String, Supplier<byte[]>> bomb : bombs().entrySet()) {
            long begun = System.nanoTime();
            byte[] mail = bomb.getValue().get();
            List<? extends Event> events =
                    email.read(account, Signature.polled(Request.polled("INBOX/7/1", mail, Instant.EPOCH)));
            long size = 0;
            for (Event event : events) {
                size += Json.bytes(event).length;
                if (event instanceof CustomerEvent.MessageReceived message
                        && "it could not be read".equals(message.automatic())) {
                    throw new AssertionError(bomb.getKey() + " could not be read");
                }
            }
            long millis = (System.nanoTime() - begun) / 1_000_000;
            System.out.printf("bomb %-28s %9d bytes → %8d in %5d ms%n", bomb.getKey(), mail.length, size, millis);
            if (events.isEmpty() || millis > 30_000 || size > 12_000_000) {
                throw new AssertionError(bomb.getKey());
            }
            if (bomb.getKey().equals("zip")) {
                archivePasses(events);
            }
        }
        System.out.println("all bombs read");
    }

    /** One attachment with its name and size, and nothing of what is in it. */
    private static void archivePasses(List<? extends Event> events) {
        List<Part> parts = ((CustomerEvent.MessageReceived) events.get(0)).parts();
        long media = parts.stream()
                .filter(part -> part instanceof Part.Media file && "42.zip".equals(file.fileName()))
                .count();
        if (media != 1) {
            throw new AssertionError("the archive became " + parts);
        }
    }

    private static Map<String, Supplier<byte[]>> bombs() {
        Map<String, Supplier<byte[]>> bombs = new LinkedHashMap<>();
        bombs.put("depth", () -> nested(200));
        bombs.put("parts", () -> mail(multipart() + "--b\r\n\r\nx\r\n".repeat(300_000)));
        bombs.put("one header line", () -> mail("X: " + "y".repeat(LARGE) + "\r\n\r\nbody"));
        bombs.put("headers", () -> mail("X: y\r\n".repeat(2_000_000) + "\r\nbody"));
        bombs.put("folded header", () -> mail("Subject: a\r\n" + " a\r\n".repeat(2_000_000) + "\r\nbody"));
        bombs.put("recipients", () -> mail("To: " + "a@b.example, ".repeat(500_000) + "\r\n\r\nbody"));
        bombs.put("references", () -> mail("References: " + "<a@b> ".repeat(400_000) + "\r\n\r\nbody"));
        bombs.put("encoded words", () -> mail("Subject: " + "=?utf-8?Q?=41?= ".repeat(200_000) + "\r\n\r\nbody"));
        bombs.put("parameters", () -> mail("Content-Type: text/plain" + "; a*0*=x".repeat(200_000) + "\r\n\r\nbody"));
        bombs.put(
                "boundary",
                () -> mail("Content-Type: multipart/mixed; boundary=" + "b".repeat(1_000_000) + "\r\n\r\nx"));
        bombs.put("text", () -> mail("\r\n" + "line of text\r\n".repeat(LARGE / 14)));
        bombs.put("one line of text", () -> mail("\r\n" + "x".repeat(LARGE)));
        bombs.put("base64 text", () -> coded("text/plain", new byte[LARGE / 2]));
        bombs.put("utf-16 text", () -> coded("text/plain; charset=utf-16", new byte[LARGE / 2]));
        bombs.put(
                "iso-2022 text",
                () -> coded(
                        "text/plain; charset=iso-2022-jp",
                        "\u001b$B".repeat(2_000_000).getBytes(ISO_8859_1)));
        bombs.put(
                "quoted-printable",
                () -> mail("Content-Transfer-Encoding: quoted-printable\r\n\r\n" + "=41".repeat(LARGE / 3)));
        bombs.put("html depth", () -> html("<div>".repeat(500_000)));
        bombs.put("html tables", () -> html("<table><tr><td>".repeat(300_000)));
        bombs.put("html attributes", () -> html("<a " + "x=y ".repeat(2_000_000) + ">x</a>"));
        bombs.put("html formatting", () -> html("<b><i><u><font>".repeat(100_000) + "<p>x".repeat(1_000)));
        bombs.put("html entities", () -> html("&#x1F600;".repeat(1_000_000)));
        bombs.put("html links", () -> html("<a href=https://x.example/>x</a>".repeat(100_000)));
        bombs.put("quotes", () -> mail("In-Reply-To: <x@y>\r\n\r\n" + ">".repeat(5_000_000)));
        bombs.put("quoted lines", () -> mail("In-Reply-To: <x@y>\r\n\r\n" + "> On x wrote:\r\n".repeat(500_000)));
        bombs.put("zip", () -> attached("42.zip", "application/zip", zip()));
        bombs.put("pixel flood", () -> attached("p.png", "image/png", pixels()));
        bombs.put(
                "report",
                () -> mail("Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: "
                        + "message/delivery-status\r\n\r\n"
                        + "Final-Recipient: rfc822; a@b\r\nStatus: 5.1.1\r\n\r\n".repeat(300_000)));
        return bombs;
    }

    private static byte[] mail(String rest) {
        return (FROM + rest).getBytes(ISO_8859_1);
    }

    private static String multipart() {
        return "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    }

    private static byte[] html(String html) {
        return mail("Content-Type: text/html\r\n\r\n" + html);
    }

    private static byte[] coded(String type, byte[] bytes) {
        return mail("Content-Type: " + type + "\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getEncoder().encodeToString(bytes));
    }

    private static byte[] attached(String name, String type, byte[] bytes) {
        return mail(multipart() + "--b\r\n\r\nhello\r\n--b\r\nContent-Type: " + type + "; name=\"" + name + "\"\r\n"
                + "Content-Disposition: attachment; filename=\"" + name
                + "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(bytes) + "\r\n--b--\r\n");
    }

    private static byte[] nested(int depth) {
        StringBuilder mail = new StringBuilder(FROM + "Content-Type: multipart/mixed; boundary=b0\r\n\r\n");
        for (int i = 0; i < depth; i++) {
            mail.append("--b")
                    .append(i)
                    .append("\r\nContent-Type: multipart/mixed; boundary=b")
                    .append(i + 1)
                    .append("\r\n\r\n");
        }
        return mail.toString().getBytes(ISO_8859_1);
    }

    /** What is a thousand times as large when it is unpacked. */
    private static byte[] zip() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.setLevel(Deflater.BEST_COMPRESSION);
                byte[] nothing = new byte[1024 * 1024];
                for (int i = 0; i < 4; i++) {
                    zip.putNextEntry(new ZipEntry("../../" + i + ".zip"));
                    for (int megabyte = 0; megabyte < 8; megabyte++) {
                        zip.write(nothing);
                    }
                }
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A PNG that says it is 64,000 pixels wide and high. */
    private static byte[] pixels() {
        byte[] png = new byte[64];
        byte[] head = {
            (byte) 0x89,
            'P',
            'N',
            'G',
            13,
            10,
            26,
            10,
            0,
            0,
            0,
            13,
            'I',
            'H',
            'D',
            'R',
            0,
            0,
            (byte) 0xfa,
            0,
            0,
            0,
            (byte) 0xfa,
            0,
            8,
            6
        };
        System.arraycopy(head, 0, png, 0, head.length);
        return png;
    }
}
