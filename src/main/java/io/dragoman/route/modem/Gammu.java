// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route.modem;

import io.dragoman.model.Hashes;
import io.dragoman.model.Reason;
import io.dragoman.route.Unsendable;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Files of gammu-smsd's files backend. Unmarshals one by its name: a message that came ({@code IN…}), with its further
 * parts, which are removed together with the first; a message of ours that gammu-smsd gave up ({@code OUT…}) is a receipt.
 * A file of which the gateway has nothing to know ends its exchange, well. Marshals a message of the route JSON. As a
 * filter of files it leaves parts to their first, and other programs' messages, and moves away what is no short message.
 */
public final class Gammu extends ServiceSupport implements DataFormat, GenericFileFilter<File> {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss_SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern IN = Pattern.compile("(IN\\d{8}_\\d{6}_\\d+_(.*)_)(\\d\\d)\\.(txt|bin)");
    private static final Pattern OURS =
            Pattern.compile("OUTC\\d{8}_\\d{6}_\\d+_[^_]*_dm-((?:[A-Za-z0-9-]|%[0-9A-F]{2})+)\\.txt");

    /** Its number has two digits. */
    private static final int LAST_PART = 99;

    /** gammu-smsd 1.42 has room for no more. */
    private static final int LONGEST_NAME = 99;

    private final BadFiles bad = new BadFiles();

    @Override
    public boolean accept(GenericFile<File> file) {
        Matcher in = IN.matcher(file.getFileNameOnly());
        if (!in.matches()) {
            return OURS.matcher(file.getFileNameOnly()).matches()
                    && bad.areGood(List.of(file.getFile().toPath()));
        }
        Path path = file.getFile().toPath();
        if (!in.group(3).equals("00") && part(path, in, 0).toFile().exists()) {
            return false;
        }
        List<Path> all = new ArrayList<>(List.of(path));
        all.addAll(further(path, in));
        return bad.areGood(all);
    }

    /** Another part of the same message. */
    private static Path part(Path file, Matcher in, int number) {
        return file.resolveSibling(String.format(Locale.ROOT, "%s%02d.%s", in.group(1), number, in.group(4)));
    }

    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) throws IOException {
        byte[] content = RouteJson.content(stream);
        Path file = Path.of(exchange.getMessage().getHeader(Exchange.FILE_PATH, String.class));
        String name = String.valueOf(file.getFileName());
        Matcher ours = OURS.matcher(name);
        if (ours.matches()) {
            String id = URLDecoder.decode(ours.group(1), StandardCharsets.UTF_8);
            return RouteJson.receipt(id, false, null, "gammu-smsd gave it up");
        }
        Matcher in = IN.matcher(name);
        return in.matches() ? message(exchange, file, in, content) : RouteJson.nothing(exchange);
    }

    private static Object message(Exchange exchange, Path file, Matcher in, byte[] content) throws IOException {
        GammuFile first = GammuFile.of(content, in.group(4).equals("txt"));
        if (first.report()) {
            return RouteJson.nothing(
                    exchange); // of a message that it does not name: gammu-smsd keeps no number of what it sent
        }
        List<Path> further = further(file, in);
        StringBuilder text = new StringBuilder(first.text() == null ? "" : first.text());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(first.bytes());
        for (Path part : further) {
            GammuFile next = GammuFile.of(RouteJson.content(part), in.group(4).equals("txt"));
            text.append(next.text() == null ? "" : next.text());
            bytes.writeBytes(next.bytes());
        }
        exchange.getExchangeExtension().addOnCompletion(new Removal(further));
        // of the first part alone: when a crash leaves it behind without the others, it is still the same message
        String id = Hashes.sha256Hex(in.group(1) + in.group(3) + Hashes.sha256Hex(content))
                .substring(0, 32);
        String from = in.group(2).replace('X', '*');
        return RouteJson.message(
                exchange, id, from, first.text() == null ? null : text.toString(), bytes.toByteArray());
    }

    private static List<Path> further(Path file, Matcher in) {
        List<Path> further = new ArrayList<>();
        int number = Integer.parseInt(in.group(3)) + 1;
        for (Path part = part(file, in, number);
                number <= LAST_PART && part.toFile().exists();
                part = part(file, in, ++number)) {
            further.add(part);
        }
        return further;
    }

    /** Camel removes the first part behind this, when what the file says is stored. */
    private static final class Removal extends SynchronizationAdapter {
        private final List<Path> files;

        Removal(List<Path> files) {
            this.files = List.copyOf(files);
        }

        @Override
        public void onComplete(Exchange exchange) {
            try {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) throws IOException, Unsendable {
        RouteJson.Text message = RouteJson.Text.of(exchange, graph);
        stream.write(0xfe); // without the mark every byte would be a character
        stream.write(0xff);
        stream.write(message.text().getBytes(StandardCharsets.UTF_16BE));
        String name =
                "OUTC" + NAME.format(Instant.ofEpochMilli(exchange.getClock().getCreated())) + "_"
                        + message.to().replace('*', 'X') + "_dm-" + escaped(message.id()) + ".txt";
        if (name.length() > LONGEST_NAME) {
            throw new Unsendable(Reason.UNSUPPORTED, "the message's id is too long for a file of gammu-smsd");
        }
        exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
    }

    /** Without what separates the parts of a name. */
    private static String escaped(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E")
                .replace("_", "%5F")
                .replace("*", "%2A");
    }
}
