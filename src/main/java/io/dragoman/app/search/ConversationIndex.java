// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.search;

import io.dragoman.app.query.ConversationSearch.Hit;
import io.dragoman.model.Words;
import io.dragoman.store.Conversations;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Tx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** The files of the index: one document for each conversation. Written by one thread, read by any. */
final class ConversationIndex implements AutoCloseable {
    /**
     * Lucene asks on a newer Java to be updated, for the sake of vectors, of which there are none here. Held, lest the
     * setting is lost with the logger.
     */
    private static final Logger VECTORS =
            Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    static {
        VECTORS.setLevel(Level.SEVERE);
    }

    private static final Sort LATEST_FIRST = new Sort(
            new SortField(IndexedConversation.UPDATED, SortField.Type.LONG, true),
            new SortField(IndexedConversation.ID, SortField.Type.STRING, true));

    private final OwnerOnlyDirectory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final WordQuery words = new WordQuery(new WordAnalyzer(false));

    private ConversationIndex(OwnerOnlyDirectory directory, IndexWriter writer) throws IOException {
        this.directory = directory;
        this.writer = writer;
        this.searchers = new SearcherManager(writer, null);
    }

    /** @throws IOException where it cannot be used, also for being damaged or of another version */
    static ConversationIndex open(Path folder) throws IOException {
        OwnerOnlyDirectory directory = OwnerOnlyDirectory.of(folder);
        try {
            IndexWriterConfig config = new IndexWriterConfig(new WordAnalyzer(true));
            config.setRAMBufferSizeMB(16);
            IndexWriter writer = new IndexWriter(directory, config);
            try {
                return new ConversationIndex(directory, writer);
            } catch (IOException | RuntimeException e) {
                writer.rollback();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** What was committed with the documents. */
    Map<String, String> notes() {
        Map<String, String> notes = new HashMap<>();
        Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
        if (data != null) {
            data.forEach(note -> notes.put(note.getKey(), note.getValue()));
        }
        return notes;
    }

    /** Returns the place of the change; the files are another matter: {@link #commit}. */
    long put(Tx tx, Versioned found) {
        try {
            return writer.updateDocument(
                    new Term(IndexedConversation.ID, found.conversation().id()), IndexedConversation.read(tx, found));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove(Collection<String> conversations) throws IOException {
        writer.deleteDocuments(conversations.stream()
                .map(id -> new Term(IndexedConversation.ID, id))
                .toArray(Term[]::new));
    }

    void clear() throws IOException {
        writer.deleteAll();
    }

    /** Leaves no document in any file. */
    void empty() throws IOException {
        writer.deleteAll();
        searchers.maybeRefreshBlocking();
        writer.setLiveCommitData(Map.<String, String>of().entrySet());
        writer.commit();
        writer.deleteUnusedFiles();
    }

    /** What was put is found from now on. */
    void show() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    /** What was put, and these notes, last. */
    void commit(Map<String, String> notes) throws IOException {
        writer.setLiveCommitData(notes.entrySet());
        writer.commit();
    }

    /** What was replaced leaves the files too. */
    void forget() throws IOException {
        if (writer.hasDeletions()) {
            writer.forceMergeDeletes();
            writer.commit();
        }
    }

    List<Hit> find(String typed, Conversations.Filter filter, long before, String beforeId, int most)
            throws IOException {
        Query query = query(typed, filter);
        IndexSearcher searcher = searchers.acquire();
        try {
            int last = Math.max(0, searcher.getIndexReader().maxDoc() - 1);
            FieldDoc after = before == Long.MAX_VALUE
                    ? null
                    : new FieldDoc(last, Float.NaN, new Object[] {before, new BytesRef(beforeId)});
            List<Hit> hits = new ArrayList<>();
            for (ScoreDoc one : searcher.searchAfter(after, query, most, LATEST_FIRST).scoreDocs) {
                Object[] fields = ((FieldDoc) one).fields;
                hits.add(new Hit(((BytesRef) fields[1]).utf8ToString(), Instant.ofEpochMilli((Long) fields[0])));
            }
            return hits;
        } finally {
            searchers.release(searcher);
        }
    }

    private Query query(String typed, Conversations.Filter filter) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        all.add(words.of(IndexedConversation.TEXT, typed), Occur.FILTER);
        exact(all, "channel", filter.channel());
        exact(all, "kind", filter.kind());
        exact(all, "status", filter.status() == null ? null : Words.of(filter.status()));
        exact(all, "team", filter.team());
        exact(all, "assignee", filter.assignee());
        exact(all, "tag", filter.tag());
        if (filter.contact() != null) {
            BooleanQuery.Builder who = new BooleanQuery.Builder();
            who.add(new TermQuery(new Term("contact", filter.contact())), Occur.SHOULD);
            who.add(words.of(IndexedConversation.WHO, filter.contact()), Occur.SHOULD);
            all.add(who.build(), Occur.FILTER);
        }
        if (filter.since() != null || filter.until() != null) {
            long since = filter.since() == null ? 0 : filter.since().toEpochMilli();
            long until =
                    filter.until() == null ? Long.MAX_VALUE : filter.until().toEpochMilli() - 1;
            all.add(LongPoint.newRangeQuery(IndexedConversation.UPDATED, since, until), Occur.FILTER);
        }
        return all.build();
    }

    private static void exact(BooleanQuery.Builder all, String field, @Nullable String word) {
        if (word != null) {
            all.add(new TermQuery(new Term(field, word)), Occur.FILTER);
        }
    }

    /** Closes it with what was committed last, however broken it is. */
    void abandon() throws IOException {
        try (directory;
                searchers) {
            writer.rollback();
        }
    }

    @Override
    public void close() throws IOException {
        try (directory;
                writer;
                searchers) {
            searchers.maybeRefresh();
        }
    }
}
