package org.datareturn.sandbox.wholeroad;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** What an analyst types into a SQL tool's connection dialogue. */
final class Analyst {
    private Analyst() {}

    static Properties session(NodeProcess node, String alias, String grant) throws IOException {
        Path operator = node.identities().resolve("operators").resolve(alias);
        Properties session = new Properties();
        session.put("useEncryption", "true");
        session.put("tlsRootCerts", node.identities().resolve("ca.crt.pem").toString());
        session.put("token", Files.readString(operator.resolve("token.jwt")).strip());
        session.put("grant", grant);
        session.put("zone", "livelihood");
        session.put("purpose", "WORK_REFERENCE");
        session.put("region", "370800");
        return session;
    }
}
