// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What strace saw a process do to the files of one folder, in order, and what the process said in between. */
final class SystemCalls {
    /** What strace has to be called with. */
    static final List<String> STRACE = List.of(
            "strace",
            "-f",
            "--seccomp-bpf", // stops at these calls only: a JVM starts four times as fast
            "-y",
            "-xx",
            "-s",
            "2000000",
            "-e",
            "trace=openat,write,pwrite64,ftruncate,fsync,fdatasync,unlink,rename,close",
            "-e",
            "signal=none");

    private static final Pattern LINE = Pattern.compile("^(?:\\[pid +)?(\\d+)\\]? +(.*)$");
    private static final Pattern RESUMED = Pattern.compile("^<\\.\\.\\. \\w+ resumed>(.*)$");
    private static final Pattern CALL = Pattern.compile("^(\\w+)\\((.*)\\) += (-?\\d+)(.*)$");
    private static final Pattern FILE = Pattern.compile("^\\d+<([^>]*)>");
    private static final String UNFINISHED = " <unfinished ...>";

    private final Path folder;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, String> unfinished = new HashMap<>();

    private SystemCalls(Path folder) {
        this.folder = folder;
    }

    /** One thing that happened. */
    sealed interface Step {
        /** A file came to be, empty. */
        record Created(String file) implements Step {}

        /** Bytes were written into a file; nobody knows yet whether they will stay. */
        record Written(String file, long offset, byte[] bytes) implements Step {}

        record Truncated(String file, long size) implements Step {}

        record Removed(String file) implements Step {}

        /** A file, or the folder when the name is empty, was made durable. */
        record Synced(String file) implements Step {}

        /** The process said so. */
        record Said(String word) implements Step {}
    }

    /** Reads what {@code strace -o} wrote. */
    static List<Step> read(Path trace, Path folder) throws IOException {
        SystemCalls calls = new SystemCalls(folder.toRealPath());
        try (Stream<String> lines = Files.lines(trace, StandardCharsets.ISO_8859_1)) {
            lines.forEach(calls::line);
        }
        return calls.steps;
    }

    private void line(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return;
        }
        String thread = matcher.group(1);
        String call = matcher.group(2);
        if (call.endsWith(UNFINISHED)) {
            String begun = call.substring(0, call.length() - UNFINISHED.length());
            // what a process says counts from the moment it opens its mouth, everything else when it is done
            if (!said(begun)) {
                unfinished.put(thread, begun);
            }
            return;
        }
        Matcher resumed = RESUMED.matcher(call);
        if (resumed.matches()) {
            String begun = unfinished.remove(thread);
            if (begun == null) {
                return;
            }
            call = begun + resumed.group(1);
        }
        if (!said(call)) {
            Matcher parts = CALL.matcher(call);
            if (parts.matches() && !parts.group(3).startsWith("-")) {
                done(parts.group(1), parts.group(2));
            }
        }
    }

    private boolean said(String call) {
        if (!call.startsWith("write(1<") && !call.startsWith("write(1,")) {
            return false;
        }
        String text = new String(bytes(call), StandardCharsets.UTF_8);
        if (text.startsWith("ack ")) {
            steps.add(new Step.Said(text.substring(4).strip()));
        }
        return true;
    }

    private void done(String name, String arguments) {
        if (name.equals("openat")) {
            String path = new String(bytes(arguments), StandardCharsets.UTF_8);
            if (arguments.contains("O_CREAT")) {
                file(path).ifPresent(file -> steps.add(new Step.Created(file)));
            }
            return;
        }
        if (name.equals("unlink")) {
            file(new String(bytes(arguments), StandardCharsets.UTF_8))
                    .ifPresent(file -> steps.add(new Step.Removed(file)));
            return;
        }
        Matcher descriptor = FILE.matcher(arguments);
        if (descriptor.find()) {
            file(new String(unescaped(descriptor.group(1)), StandardCharsets.UTF_8))
                    .ifPresent(file -> onFile(name, arguments, file));
        }
    }

    private void onFile(String name, String arguments, String file) {
        switch (name) {
            case "pwrite64" -> steps.add(new Step.Written(file, lastNumber(arguments), bytes(arguments)));
            case "ftruncate" -> steps.add(new Step.Truncated(file, lastNumber(arguments)));
            case "fsync", "fdatasync" -> steps.add(new Step.Synced(file));
            case "write", "rename" -> throw new IllegalStateException("the model knows no " + name + " of " + file);
            default -> {
                // close says nothing about durability
            }
        }
    }

    private java.util.Optional<String> file(String path) {
        String real = path.startsWith(folder.toString())
                ? path.substring(folder.toString().length())
                : null;
        if (real == null || real.endsWith(".lock") || real.endsWith("-shm")) {
            return java.util.Optional.empty(); // the shared memory is made anew by whoever opens first
        }
        if (real.startsWith("/search")) {
            return java.util.Optional.empty(); // the index promises nothing: it is made anew from the store
        }
        return java.util.Optional.of(real.startsWith("/") ? real.substring(1) : real);
    }

    private static long lastNumber(String arguments) {
        return Long.parseLong(arguments.substring(arguments.lastIndexOf(' ') + 1));
    }

    private static byte[] bytes(String arguments) {
        // everything between quotes is hexadecimal, so no quote stands within
        int from = arguments.indexOf('"');
        int to = arguments.indexOf('"', from + 1);
        return from < 0 || to < 0 ? new byte[0] : unescaped(arguments.substring(from + 1, to));
    }

    private static byte[] unescaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() / 4);
        for (int i = 0; i < text.length(); ) {
            if (text.startsWith("\\x", i)) {
                bytes.write(Integer.parseInt(text, i + 2, i + 4, 16));
                i += 4;
            } else {
                bytes.write(text.charAt(i++));
            }
        }
        return bytes.toByteArray();
    }
}
