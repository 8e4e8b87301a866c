// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route.modem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's gammu-smsd with its files backend, folders of its own, and the phone made of files that gammu has for tests. */
public final class GammuSmsd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/gammu-smsd");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final Path root;
    private int messages;
    private Process process;

    /** @param inbox where it puts what comes */
    public GammuSmsd(Path root, Path inbox, String format) throws IOException {
        this.root = root;
        for (String folder :
                List.of("note", "alarm", "calendar", "todo", "fs", "pbk/ME", "pbk/SM", "pbk/DC", "pbk/RC")) {
            Files.createDirectories(root.resolve("phone").resolve(folder));
        }
        for (int folder = 1; folder <= 5; folder++) {
            Files.createDirectories(root.resolve("phone/sms/" + folder));
        }
        for (String folder : List.of("outbox", "sent", "error")) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.createDirectories(inbox);
        Files.writeString(root.resolve("smsdrc"), """
                [gammu]
                port = %1$s/phone
                model = dummy
                connection = none
                [smsd]
                service = files
                inboxpath = %2$s/
                outboxpath = %1$s/outbox/
                sentsmspath = %1$s/sent/
                errorsmspath = %1$s/error/
                inboxformat = %3$s
                transmitformat = auto
                deliveryreport = sms
                receivefrequency = 1
                commtimeout = 1
                loopsleep = 1
                logfile = %1$s/log
                debuglevel = 1
                """.formatted(root, inbox, format));
    }

    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /**
     * A message or report comes. Before the start: the phone's files are not written at once.
     *
     * @param pdu {@code Deliver} or {@code Status_Report}
     * @param header the user data header in hexadecimal digits; empty where the message has one part
     */
    public void brings(String pdu, String from, String header, String text) throws IOException {
        Files.writeString(root.resolve("phone/sms/1/" + ++messages), """
                ; This file format was designed for Gammu and is compatible with Gammu+

                [SMSBackup000]
                PDU = %s
                DateTime = 20261129T134500Z
                State = UnRead
                Number = "%s"
                NumberUnicode = %s
                %sText00 = %s
                Coding = Unicode_No_Compression
                Folder = 1
                Length = %d
                Class = -1
                MessageReference = 255
                """.formatted(
                pdu, from, units(from), header.isEmpty() ? "" : "UDH = " + header + "\n", units(text), text.length()));
    }

    private static String units(String text) {
        return HEX.formatHex(text.getBytes(StandardCharsets.UTF_16BE));
    }

    public void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        PROGRAM.toString(), "-c", root.resolve("smsdrc").toString())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("out").toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        process = builder.start();
    }

    /** What it tells of its work. */
    public String log() {
        try {
            return Files.exists(root.resolve("log")) ? Files.readString(root.resolve("log")) : "";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
