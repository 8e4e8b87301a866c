// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.DeskCapability;
import io.dragoman.connector.RetrySafety;
import io.dragoman.model.DeskNotice;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a profile has of what helpdesks have. */
final class DeskAbilities {
    private static final String YES = "yes";
    private static final Map<DeskCapability, String> STATE = Map.of(
            DeskCapability.STATUS, "status",
            DeskCapability.TAGS, "tags",
            DeskCapability.PRIORITY, "priority",
            DeskCapability.TEAM, "team",
            DeskCapability.ASSIGNEE, "assignee");

    private final DeskProfile profile;
    private final Map<DeskCapability, String> found = new EnumMap<>(DeskCapability.class);

    DeskAbilities(DeskProfile profile) {
        this.profile = profile;
    }

    /** In a few words each; what it has not is left out. */
    Map<DeskCapability, String> all() {
        AgentReader reader = profile.reader();
        if (reader.reply() != null) {
            put(DeskCapability.ANSWERS, answers());
            put(DeskCapability.NOTES, reader.reply().place().when() == null ? "" : "kept back");
            put(DeskCapability.FILES_FROM, reader.reply().media() == null ? "" : YES);
        }
        put(DeskCapability.FILES_TO, profile.takesFiles() ? "up to " + size(profile.fileLimits()) : "as links");
        STATE.forEach((capability, name) -> put(capability, state(name)));
        put(DeskCapability.CHANGES, changes());
        put(DeskCapability.MERGED, reader.moved() != null ? YES : profile.followsUp() ? "another" : "");
        put(DeskCapability.MERGING, profile.merging());
        put(DeskCapability.SEVERAL, profile.asksFirst() ? YES : "");
        put(DeskCapability.TEST, profile.probes().isEmpty() ? "" : YES);
        put(DeskCapability.DOUBT, doubt());
        return found;
    }

    private void put(DeskCapability capability, String words) {
        if (!words.isEmpty()) {
            found.put(capability, words);
        }
    }

    private String answers() {
        if (profile.poll() == null) {
            return "webhook";
        }
        return profile.receiving() == null ? "poll" : "webhook, poll";
    }

    private static String size(FileLimits limits) {
        long largest = limits.largest();
        return largest >= 1 << 20 ? (largest >> 20) + " MB" : (largest >> 10) + " KB";
    }

    /** Which way it goes. */
    private String state(String name) {
        boolean there = profile.state().contains(name);
        boolean here = profile.reader().reads(name);
        return there && here ? "↔" : there ? "→" : here ? "←" : "";
    }

    private String changes() {
        List<String> own = new ArrayList<>();
        for (DeskNotice.Type type : List.of(DeskNotice.Type.MESSAGE_EDITED, DeskNotice.Type.MESSAGE_DELETED)) {
            profile.call(String.valueOf(DeskProfile.KEYS.get(type)))
                    .ifPresent(call -> own.add(String.valueOf(DeskProfile.KEYS.get(type))));
        }
        return own.size() == 2
                ? YES
                : !own.isEmpty() ? own.get(0) : profile.call(DeskProfile.NOTE).isPresent() ? "as a note" : "";
    }

    /** By what becomes of it, which requests. */
    private String doubt() {
        Map<RetrySafety, List<String>> keys = new TreeMap<>();
        List<String> all = new ArrayList<>(List.of(DeskProfile.CREATE));
        all.addAll(new LinkedHashMap<>(DeskProfile.KEYS).values());
        all.add(DeskProfile.NOTE);
        for (String key : all) {
            Optional<DeskCall> call = profile.call(key);
            call.ifPresent(one -> keys.computeIfAbsent(safety(one), safety -> new ArrayList<>())
                    .add(key));
        }
        List<String> said = new ArrayList<>();
        keys.forEach((safety, which) -> said.add(words(safety) + " (" + String.join(", ", which) + ")"));
        return String.join("; ", said);
    }

    private static RetrySafety safety(DeskCall call) {
        return call.idempotent()
                ? RetrySafety.IDEMPOTENT
                : call.lookUp() != null ? RetrySafety.QUERYABLE : RetrySafety.NEITHER;
    }

    private static String words(RetrySafety safety) {
        return switch (safety) {
            case IDEMPOTENT -> "is repeated: a repetition changes nothing";
            case QUERYABLE -> "is looked up first";
            case NEITHER -> "is settled by `onUncertain`";
        };
    }
}
