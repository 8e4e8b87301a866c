// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.fault.SystemCalls.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A disk with a cache that forgets: what was synced is there after a power cut; of the rest, anything may be, in any
 * order, and half a write too. A file's name counts as written only when its folder was synced.
 */
final class Disk {
    private static final int SECTOR = 512;

    private final Map<String, Image> durable = new TreeMap<>();
    private final List<Step> pending = new ArrayList<>();

    /** How much the cache forgets. */
    enum Cut {
        /** All of it. */
        DROP,
        /** Everything after some moment. */
        PREFIX,
        /** Any of the writes. */
        SUBSET,
        /** Any of the sectors of any of the writes. */
        TORN,
        /** Nothing: the process died and the machine lived. */
        NOTHING
    }

    /** Goes one step on. */
    void apply(Step step) {
        if (step instanceof Step.Synced synced) {
            sync(synced.file());
        } else if (!(step instanceof Step.Said)) {
            pending.add(step);
        }
    }

    private void sync(String file) {
        // a name that was removed and taken again: the new file's bytes cannot be durable under the old one's name
        boolean reused = pending.stream()
                .anyMatch(one -> one instanceof Step.Removed && file(one).equals(file));
        pending.removeIf(one -> {
            boolean settled = file.isEmpty() ? isEntry(one) : file(one).equals(file) && (reused || !isEntry(one));
            if (settled) {
                write(durable, one);
            }
            return settled;
        });
    }

    /** The files that a power cut at this moment leaves. */
    Map<String, byte[]> cut(Cut cut, Random random) {
        Map<String, Image> left = new TreeMap<>();
        durable.forEach((name, image) -> left.put(name, image.copy()));
        int until = cut == Cut.PREFIX ? random.nextInt(pending.size() + 1) : pending.size();
        for (int i = 0; i < until; i++) {
            Step step = pending.get(i);
            if (cut == Cut.TORN && step instanceof Step.Written written) {
                sectors(written, sector -> random.nextBoolean()).forEach(sector -> write(left, sector));
            } else if (cut == Cut.NOTHING || cut == Cut.PREFIX || (cut != Cut.DROP && random.nextBoolean())) {
                write(left, step);
            }
        }
        Map<String, byte[]> files = new TreeMap<>();
        left.forEach((name, image) -> {
            if (image.named) {
                files.put(name, image.bytes());
            }
        });
        return files;
    }

    private static List<Step> sectors(Step.Written written, Predicate<Integer> stays) {
        List<Step> sectors = new ArrayList<>();
        byte[] bytes = written.bytes();
        for (int at = 0; at < bytes.length; ) {
            int end = (int) Math.min(bytes.length, at + SECTOR - (written.offset() + at) % SECTOR);
            if (stays.test(at)) {
                sectors.add(
                        new Step.Written(written.file(), written.offset() + at, Arrays.copyOfRange(bytes, at, end)));
            }
            at = end;
        }
        return sectors;
    }

    private static boolean isEntry(Step step) {
        return step instanceof Step.Created || step instanceof Step.Removed;
    }

    private static String file(Step step) {
        if (step instanceof Step.Written written) {
            return written.file();
        } else if (step instanceof Step.Truncated truncated) {
            return truncated.file();
        } else if (step instanceof Step.Created created) {
            return created.file();
        }
        return ((Step.Removed) step).file();
    }

    private static void write(Map<String, Image> files, Step step) {
        Image image = files.computeIfAbsent(file(step), name -> new Image());
        if (step instanceof Step.Written written) {
            image.write(written.offset(), written.bytes());
        } else if (step instanceof Step.Truncated truncated) {
            image.truncate((int) truncated.size());
        } else if (step instanceof Step.Created) {
            image.named = true;
        } else {
            files.remove(file(step));
        }
    }

    /** A file's bytes; without a name nobody finds them. */
    private static final class Image {
        private byte[] content = new byte[0];
        private int size;
        private boolean named;

        Image copy() {
            Image copy = new Image();
            copy.content = content.clone();
            copy.size = size;
            copy.named = named;
            return copy;
        }

        void write(long offset, byte[] bytes) {
            int end = Math.toIntExact(offset + bytes.length);
            if (end > content.length) {
                content = Arrays.copyOf(content, Math.max(end, content.length * 2));
            }
            System.arraycopy(bytes, 0, content, (int) offset, bytes.length);
            size = Math.max(size, end);
        }

        void truncate(int to) {
            content = Arrays.copyOf(content, Math.max(to, content.length));
            if (to < size) {
                Arrays.fill(content, to, size, (byte) 0);
            }
            size = to;
        }

        byte[] bytes() {
            return Arrays.copyOf(content, size);
        }
    }
}
