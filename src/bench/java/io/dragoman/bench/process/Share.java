// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A share of a processor that a process may have and no more: a control group of Linux, of either kind. Needs root. */
public final class Share implements AutoCloseable {
    private static final int PERIOD_MICROS = 20_000;
    private static final Path CPU = Path.of("/sys/fs/cgroup/cpu");
    private static final Path UNIFIED = Path.of("/sys/fs/cgroup");

    private final Path group;
    private final boolean old;

    private Share(Path group, boolean old) {
        this.group = group;
        this.old = old;
    }

    /** A group for a process and what it starts, without a limit yet. */
    public static Share of(long pid) throws IOException {
        boolean old = Files.isDirectory(CPU);
        Share share = new Share(Files.createDirectory((old ? CPU : UNIFIED).resolve("dragoman-bench-" + pid)), old);
        Runtime.getRuntime().addShutdownHook(new Thread(share::close));
        List<ProcessHandle> all = new java.util.ArrayList<>(
                ProcessHandle.of(pid).orElseThrow().descendants().toList());
        all.add(ProcessHandle.of(pid).orElseThrow());
        for (ProcessHandle one : all) {
            Files.writeString(share.group.resolve("cgroup.procs"), Long.toString(one.pid()));
        }
        return share;
    }

    /** From now on so many hundredths of one processor; 0 for as many as there are. */
    public void limit(int percent) throws IOException {
        long quota = (long) PERIOD_MICROS * percent / 100;
        if (old) {
            Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
            Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(percent == 0 ? -1 : quota));
        } else {
            Files.writeString(group.resolve("cpu.max"), (percent == 0 ? "max" : quota) + " " + PERIOD_MICROS);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(group);
        } catch (IOException e) {
            // its processes have not ended: Linux keeps it until they have, and it limits nobody else
        }
    }
}
