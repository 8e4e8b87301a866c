// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route.modem;

import io.dragoman.connector.kit.SmsText;
import io.dragoman.model.Hashes;
import io.dragoman.model.Reason;
import io.dragoman.route.Unsendable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * Files of smsd (SMS Server Tools 3). Unmarshals one by the folder it is in: a file of {@code failed} or {@code report}
 * becomes a receipt, one of {@code sent} sets the variable {@code waits}, and one of any other folder is a message. A
 * file of which the gateway has nothing to know ends its exchange, well. Marshals a message of the route JSON. As a
 * filter of files it moves away what is no short message.
 */
public final class SmsTools extends ServiceSupport implements DataFormat, GenericFileFilter<File> {
    /** After how many septets smsd cuts a long text. */
    private static final int CUT = 153;

    private static final String OURS = "dragoman-";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern REPORT =
            Pattern.compile("Message_id: (\\d+)\\s[\\s\\S]*?Status: (\\d{1,3}),([^\\n]*)");
    /** TP-Status (3GPP TS 23.040, 9.2.3.15): below it is done, */
    private static final int TRYING = 32;
    /** and from here on it has failed for good. */
    private static final int FAILED = 64;

    private static final int NOT_OBTAINABLE = 67;
    private static final int EXPIRED = 70;

    private @Nullable Path spool;

    private final BadFiles bad = new BadFiles();

    /** The folder with smsd's folders in it, such as {@code /var/spool/sms}. */
    public void setSpool(String spool) {
        this.spool = Path.of(spool);
    }

    /** Files that smsd has not finished, and those that other programs sent, are left to the route's own patterns. */
    @Override
    public boolean accept(GenericFile<File> file) {
        Path path = file.getFile().toPath();
        String name = file.getFileNameOnly();
        String folder = String.valueOf(path.resolveSibling("").toAbsolutePath().getFileName());
        boolean others = Set.of("sent", "failed").contains(folder) && !name.startsWith(OURS);
        boolean unfinished = name.endsWith(".LOCK") || name.endsWith("-concatenated");
        return others || unfinished || bad.areGood(List.of(path));
    }

    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) throws IOException {
        SmsToolsFile file = SmsToolsFile.of(RouteJson.content(stream));
        String parent = exchange.getMessage().getHeader(Exchange.FILE_PARENT, "", String.class);
        switch (String.valueOf(Path.of(parent).getFileName())) {
            case "sent" -> {
                exchange.setVariable("waits", SentFiles.name(file));
                return RouteJson.nothing(exchange);
            }
            case "failed" -> {
                String id = file.find(SmsToolsFile.ID);
                return id == null
                        ? RouteJson.nothing(exchange)
                        : RouteJson.receipt(id, false, null, "smsd: " + file.get("Fail_reason"));
            }
            case "report" -> {
                return report(exchange, file);
            }
            default -> {
                return RouteJson.message(exchange, file.id(), file.sender(), file.text(), file.body());
            }
        }
    }

    private Object report(Exchange exchange, SmsToolsFile file) throws IOException {
        Matcher report = REPORT.matcher(new String(file.body(), StandardCharsets.ISO_8859_1));
        if (!report.find()) {
            return RouteJson.nothing(exchange);
        }
        int status = Integer.parseInt(report.group(2));
        SentFiles files = new SentFiles(Objects.requireNonNull(spool, "the bean needs the property spool"));
        Optional<SentFiles.Sent> sent = status >= TRYING && status < FAILED
                ? Optional.empty()
                : files.find(file.get("Modem"), file.get("From"), report.group(1));
        if (sent.isEmpty()) {
            return RouteJson.nothing(
                    exchange); // another program's message, or a part that does not stand for its message
        }
        sent.get().forgetAfter(exchange);
        Reason reason = status == NOT_OBTAINABLE ? Reason.RECIPIENT_UNKNOWN : status == EXPIRED ? Reason.EXPIRED : null;
        return status < TRYING
                ? RouteJson.receipt(sent.get().id(), true, null, null)
                : RouteJson.receipt(sent.get().id(), false, reason, status + "," + report.group(3));
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) throws IOException, Unsendable {
        RouteJson.Text message = RouteJson.Text.of(exchange, graph);
        boolean international = message.to().startsWith("+");
        // smsd parts an escape from its letter where it cuts a long text (3.1.21): such a text goes in UCS2
        boolean gsm = SmsText.isGsm(message.text()) && !SmsText.isTorn(SmsText.toGsm(message.text()), CUT);
        // UCS2 is written here: smsd drops emoji when it makes UCS2 of UTF-8
        String headers = "To: " + (international ? message.to().substring(1) : message.to() + "\nTo_TOA: unknown")
                + "\nAlphabet: " + (gsm ? "GSM" : "UCS2") + "\n" + SmsToolsFile.ID + ": " + message.id() + "\n\n";
        stream.write(headers.getBytes(StandardCharsets.UTF_8));
        stream.write(gsm ? SmsText.toGsm(message.text()) : message.text().getBytes(StandardCharsets.UTF_16BE));
        // smsd sends in the order of the files' seconds, and of their names within one
        String name = OURS
                + NAME.format(Instant.ofEpochMilli(exchange.getClock().getCreated())) + "-"
                + Hashes.sha256Hex(message.id()).substring(0, 16);
        exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
    }
}
