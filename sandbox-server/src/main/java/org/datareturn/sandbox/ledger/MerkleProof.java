package org.datareturn.sandbox.ledger;

import java.util.List;

/** Verification of Merkle proofs: RFC 9162 §2.1.3.2 (inclusion) and §2.1.4.2 (consistency). */
public final class MerkleProof {
    private MerkleProof() {}

    /** Whether a leaf stands at an index of the tree of that size and root. */
    public static boolean includes(long index, long size, Hash leaf, List<Hash> proof, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        Hash hash = leaf;
        for (Hash sibling : proof) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = Hash.node(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = Hash.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /**
     * Whether the tree of the first size and root is a beginning of the tree of the second. The empty tree is a beginning
     * of every tree, so asking it proves nothing and is answered no.
     */
    public static boolean consistent(long size1, long size2, List<Hash> proof, Hash root1, Hash root2) {
        if (size1 < 1 || size1 > size2) {
            return false;
        }
        if (size1 == size2) {
            return proof.isEmpty() && root1.equals(root2);
        }
        boolean whole = Long.bitCount(size1) == 1;
        if (!whole && proof.isEmpty()) {
            return false;
        }
        long node = size1 - 1;
        long last = size2 - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        Hash first = whole ? root1 : proof.getFirst();
        Hash second = first;
        for (Hash sibling : whole ? proof : proof.subList(1, proof.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                first = Hash.node(sibling, first);
                second = Hash.node(sibling, second);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                second = Hash.node(second, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && first.equals(root1) && second.equals(root2);
    }
}
