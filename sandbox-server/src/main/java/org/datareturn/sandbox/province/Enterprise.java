package org.datareturn.sandbox.province;

/**
 * An enterprise.
 *
 * @param creditCode unified social credit code, valid in form (GB 32100), 18 characters, unique
 * @param name its name
 * @param legalRepresentative index of the person who represents it
 * @param industry its industry
 * @param employees number of employees, at least 1
 * @param registeredCapitalYuan registered capital in yuan
 * @param county where it is registered
 */
public record Enterprise(
        String creditCode,
        String name,
        int legalRepresentative,
        Industry industry,
        int employees,
        long registeredCapitalYuan,
        County county) {}
