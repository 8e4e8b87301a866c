// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rows of a store that has been at work for two years: a message has an event, a stored request, a decision, the channel's
 * id, a delivery and an attempt. Of a hundred messages one is of a conversation that lasts the whole time, the others of
 * conversations of about ten that come soon after each other.
 *
 * @param count messages
 * @param end the time of the last, in milliseconds
 */
record LayoutRows(long count, long end) {
    static final long SPAN = 730L * 86_400_000;
    static final int LONG_ONES = 1_000;

    private static final String WORDS = "Good morning, my order 4711-0815 has not come yet; where is it, and when can I"
            + " expect it? Thank you very much for your help.";

    long step() {
        return SPAN / count;
    }

    long at(long n) {
        return end - SPAN + n * step();
    }

    /** Where parts of the time begin, and where the last ends, a part after now. */
    List<String> bounds(int parts) {
        List<String> bounds = new ArrayList<>();
        for (int i = 0; i <= parts + 1; i++) {
            bounds.add(firstId(end - SPAN + i * SPAN / parts));
        }
        return bounds;
    }

    static String firstId(long millis) {
        String hex = String.format(Locale.ROOT, "%012x", millis);
        return hex.substring(0, 8) + "-" + hex.substring(8);
    }

    /** As the functions of {@link #load} make them. */
    static String key(long n) {
        return "wamid.HBgL" + n * 7_919 % 1_000_003 + "x" + n;
    }

    void load(Connection connection, String schema) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute("SET search_path TO " + schema);
            s.execute("SET session_replication_role TO replica"); // no look for each reference
            s.execute("SET synchronous_commit TO off");
            s.execute("SET work_mem TO '256MB'");
            s.execute("CREATE FUNCTION v7(at bigint, salt text) RETURNS text IMMUTABLE LANGUAGE sql AS $$"
                    + " SELECT substr(lpad(to_hex(at),12,'0'),1,8)||'-'||right(to_hex(at),4)||'-7'||substr(md5(salt),1,3)"
                    + "||'-8'||substr(md5(salt),4,3)||'-'||substr(md5(salt),7,12) $$"); // one expression, so
            // that it is inlined
            s.execute("CREATE FUNCTION key(n bigint) RETURNS text IMMUTABLE LANGUAGE sql AS $$"
                    + " SELECT 'wamid.HBgL'||(n*7919%1000003)||'x'||n $$");
            s.execute(
                    "CREATE UNLOGGED TABLE gen AS SELECT n, at, v7(at,'r'||n) raw, v7(at,'e'||n) id, v7(at,'d'||n) delivery,"
                            + " CASE WHEN n%2=0 THEN 'shop' ELSE 'desk' END AS source, CASE WHEN n%2=0 THEN 'desk' ELSE 'shop' END AS target,"
                            + " CASE WHEN n%100=0 THEN 'l'||(n/100)%" + LONG_ONES
                            + " ELSE 'c'||(n/100*10+n%10) END AS who,"
                            + " CASE WHEN n%100=0 THEN n/100/" + LONG_ONES + "+1 ELSE n%100/10+1 END AS sequence"
                            + " FROM (SELECT n, " + (end - SPAN) + "+n*" + step()
                            + " AS at FROM generate_series(0::bigint,"
                            + (count - 1) + ") n) g");
            s.execute(
                    "CREATE UNLOGGED TABLE whose AS SELECT who, v7(min(at),who) conversation, min(at) AS at, max(at) AS last,"
                            + " max(sequence) AS most FROM gen GROUP BY who");
            s.execute("CREATE INDEX ON whose(who)");
            s.execute(
                    "INSERT INTO contact(id,name,tags,created_at) SELECT conversation,'Customer '||who,'[]',at FROM whose");
            s.execute("INSERT INTO identity(channel,type,value,contact,verified,place)"
                    + " SELECT 'shop','phone',who,conversation,1,0 FROM whose");
            s.execute(
                    "INSERT INTO conversation(id,channel,kind,thread,contact,address,status,tags,priority,next_sequence,"
                            + "created_at,updated_at) SELECT conversation,'shop','sms','contact:'||conversation,conversation,who,"
                            + "CASE WHEN who LIKE 'l%' THEN 'open' ELSE 'closed' END,'[]','normal',most+1,at,last FROM whose");
            for (String insert : inserts()) {
                s.execute(insert);
            }
            s.execute("DROP TABLE gen, whose");
            s.execute("RESET session_replication_role");
        }
    }

    private static List<String> inserts() {
        return List.of(
                "INSERT INTO raw(id,source,origin,method,path,query,headers,body,body_sha256,received_at) SELECT raw,source,"
                        + "'RECEIVED','POST','/in/'||source,'','{\"content-type\":\"application/json\",\"x-signature\":\"'||md5(raw)||'\"}',"
                        + "convert_to(repeat('{\"some\":\"field\"},',20)||'" + WORDS
                        + "','UTF8'),md5(raw)||md5(id),at FROM gen ORDER BY n",
                "INSERT INTO event(id,source,key,raw,lane,seq,type,content,received_at,state,attempts,done_at) SELECT id,source,"
                        + "key(n),raw,'in/'||source||'/'||who,sequence,'message.received','{\"key\":\"'||key(n)||'\",\"text\":\""
                        + WORDS
                        + "\"}',at,'DONE',1,at+20 FROM gen ORDER BY n",
                "INSERT INTO decision(event,content) SELECT id,'{\"rules\":[{\"name\":\"Out of hours\",\"matched\":false},"
                        + "{\"name\":\"Billing\",\"matched\":true}],\"desk\":\"desk\"}' FROM gen ORDER BY n",
                "INSERT INTO message(id,conversation,sequence,direction,author_kind,sent_at,received_at,parts,status) SELECT id,"
                        + "conversation,sequence,CASE WHEN n%2=0 THEN 'IN' ELSE 'OUT' END,CASE WHEN n%2=0 THEN 'CONTACT' ELSE 'AGENT' END,"
                        + "g.at,g.at,'[{\"type\":\"text\",\"text\":\"" + WORDS
                        + "\"}]',CASE WHEN n%2=1 THEN 'DELIVERED' END FROM gen g JOIN whose w USING(who) ORDER BY n",
                "INSERT INTO external(channel,external_id,message) SELECT 'shop',key(n),id FROM gen ORDER BY n",
                "INSERT INTO delivery(id,lane,seq,target,kind,key,event,message,conversation,payload,step,state,attempts,next_at,"
                        + "since,created_at,done_at) SELECT delivery,'out/'||target||'/'||conversation,sequence,target,"
                        + "CASE WHEN n%2=0 THEN 'NOTICE' ELSE 'MESSAGE' END,'message:'||id,id,id,conversation,"
                        + "'{\"what\":\"message.received\",\"text\":\"" + WORDS
                        + "\"}',1,'DELIVERED',1,g.at,g.at,g.at,g.at+80"
                        + " FROM gen g JOIN whose w USING(who) ORDER BY n",
                "INSERT INTO attempt(delivery,n,step,started_at,ended_at,outcome,external_id) SELECT delivery,1,0,at+10,at+80,"
                        + "'sent',key(n) FROM gen ORDER BY gen.n");
    }

    /** The same rows in another layout. */
    static void copy(Connection connection, String from, String to) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute("SET search_path TO " + to);
            s.execute("SET session_replication_role TO replica");
            s.execute("SET synchronous_commit TO off");
            for (String table : List.of("contact", "identity", "conversation")) {
                s.execute("INSERT INTO " + table + " SELECT * FROM " + from + "." + table);
            }
            for (String table : LayoutTables.ALL) {
                s.execute("INSERT INTO " + table + " SELECT * FROM " + from + "." + table);
            }
            s.execute("RESET session_replication_role");
        }
    }
}
