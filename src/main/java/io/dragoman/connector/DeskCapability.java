// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/** What helpdesks have, or have not: a column of {@code docs/desks.md}. */
public enum DeskCapability {
    ANSWERS("agents' answers"),
    NOTES("private notes"),
    FILES_TO("files to agents"),
    FILES_FROM("files of agents"),
    STATUS("status"),
    TAGS("tags"),
    PRIORITY("priority"),
    TEAM("team"),
    ASSIGNEE("assignee"),
    CHANGES("edited, deleted"),
    MERGED("merged tickets"),
    SEVERAL("several requests"),
    TEST("test"),
    /** Too long for a table, as the next. */
    MERGING("A merged ticket"),
    DOUBT("An attempt whose end is unknown");

    private final String title;

    DeskCapability(String title) {
        this.title = title;
    }

    /** As people read it. */
    public String title() {
        return title;
    }
}
