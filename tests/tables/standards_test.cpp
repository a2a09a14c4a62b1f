#include "tables/standards.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/tables/plain/csv.hpp"
#include "liantu/tables/plain/json_rows.hpp"
#include "tables/table_text.hpp"

namespace liantu {
namespace {

std::vector<Table> follow(const Table& table) {
  auto tables = read_standard(table, {});
  EXPECT_TRUE(tables.has_value());
  return tables ? std::move(*tables) : std::vector<Table>();
}

std::vector<Table> of_json(const std::string& json) {
  return follow(parse_json_rows(json, "f.jsonl"));
}

// Cells of a table, only those columns that hold anything.
Rows filled(const Table& table) {
  const Rows all = cells_of(table);
  Rows out(all.size());
  for (std::size_t column = 0; column < table.columns().size(); ++column) {
    bool any = false;
    for (const auto& row : all) any = any || !row[column].empty();
    for (std::size_t row = 0; any && row < all.size(); ++row) out[row].push_back(all[row][column]);
  }
  return out;
}

std::string entity(const std::string& id, const std::string& name) {
  return R"({"recordId": ")" + id +
         R"(", "recordType": "entity", "statementDate": "2020-01-02", )"
         R"("recordDetails": {"name": ")" +
         name +
         R"(", "entityType": {"type": "registeredEntity"}}})"
         "\n";
}

std::string interests(const std::string& id, const std::string& status, const std::string& list) {
  return R"({"recordId": ")" + id + R"(", "recordType": "relationship", "recordStatus": ")" +
         status +
         R"(", "statementDate": "2021-05-06", "recordDetails": {"subject": "e1", )"
         R"("interestedParty": "p1", "interests": [)" +
         list + "]}}\n";
}

TEST(Standards, BodsStatementsBecomeFirmsPersonsHoldingsAndRoles) {
  const auto tables = of_json(
      entity("e1", "甲公司") +
      R"({"recordId": "p1", "recordType": "person", "recordDetails": {"names": [)"
      R"({"type": "legal", "fullName": "Li Si"}, {"type": "alternative", "fullName": "L"}]}})"
      "\n" +
      interests("r1", "new",
                R"({"type": "shareholding", "directOrIndirect": "direct", "startDate": )"
                R"("2019-09-11", "share": {"exact": 50}}, {"type": "boardMember"})") +
      interests("r2", "closed",
                R"({"type": "shareholding", "share": {"minimum": 75, "exclusiveMaximum": 100}})") +
      interests(
          "r3", "new",
          R"({"type": "shareholding", "directOrIndirect": "indirect", "share": {"exact": 1}},)"
          R"({"type": "trustee"})"));
  ASSERT_EQ(tables.size(), 4U);
  EXPECT_EQ(filled(tables[0]), (Rows{{"甲公司", "e1", "registeredEntity", "2020-01-02"}}));
  EXPECT_EQ(filled(tables[1]), (Rows{{"Li Si", "p1"}}));
  EXPECT_EQ(filled(tables[2]),
            (Rows{{"p1", "e1", "50%", "2019-09-11", "", "2021-05-06", ""},
                  {"p1", "e1", "75%", "", "2021-05-06", "2021-05-06", "estimated"}}));
  EXPECT_EQ(filled(tables[3]), (Rows{{"p1", "e1", "boardMember", "2021-05-06"}}));
  EXPECT_EQ(tables[2].place(0).line, 3U);
  EXPECT_EQ(
      problems_of(tables[0]),
      (std::vector<std::string>{
          "f.jsonl:5:1: 1 records, this one first, are not read: indirect interest, which "
          "follows from direct ones; nothing need be done; the graph has no place for them",
          "f.jsonl:5:1: 1 records, this one first, are not read: interest of type trustee; "
          "nothing need be done; the graph has no place for them",
          "f.jsonl:4:1: 1 records, this one first, are not read: the upper end of a range of "
          "shares, whose lower end is read as an estimate; nothing need be done; the graph has "
          "no place for them"}));
}

TEST(Standards, OfSeveralBodsStatementsOnARecordTheLastCounts) {
  const auto tables = of_json(entity("e1", "旧名") + entity("e2", "乙") + entity("e1", "新名"));
  EXPECT_EQ(filled(tables[0]), (Rows{{"乙", "e2", "registeredEntity", "2020-01-02"},
                                     {"新名", "e1", "registeredEntity", "2020-01-02"}}));
}

TEST(Standards, OlderBodsIsCalledWhatItIs) {
  const Table old = parse_json_rows(
      R"([{"statementID": "1", "statementType": "entityStatement", "name": "A"}])", "f.json");
  EXPECT_NE(failure_of([&] { (void)read_standard(old, {}); }).find("version 0.3 or older"),
            std::string::npos);
}

TEST(Standards, FollowTheMoneyEntities) {
  const auto tables = of_json(
      R"({"id": "c1", "schema": "Company", "properties": {"name": ["甲公司", "A Co"], )"
      R"("registrationNumber": ["91500104MA5U7X1Y2Z"], "incorporationDate": ["2011-02-03"]}})"
      "\n"
      R"({"id": "p1", "schema": "Person", "properties": {"name": ["李四"]}})"
      "\n"
      R"({"id": "o1", "schema": "Ownership", "properties": {"owner": ["p1"], "asset": ["c1"], )"
      R"("percentage": ["35"], "startDate": ["2015"]}})"
      "\n"
      R"({"id": "d1", "schema": "Directorship", "properties": {"director": ["p1"], )"
      R"("organization": ["c1"], "role": ["董事"]}})"
      "\n"
      R"({"id": "v1", "schema": "Vessel", "properties": {"name": ["x"]}})");
  ASSERT_EQ(tables.size(), 4U);
  EXPECT_EQ(filled(tables[0]),
            (Rows{{"甲公司", "c1", "91500104MA5U7X1Y2Z", "2011-02-03", "Company", "A Co"}}));
  EXPECT_EQ(filled(tables[1]), (Rows{{"李四", "p1"}}));
  EXPECT_EQ(filled(tables[2]), (Rows{{"p1", "c1", "35%", "2015"}}));
  EXPECT_EQ(filled(tables[3]), (Rows{{"p1", "c1", "董事"}}));
  EXPECT_EQ(tables[0].problems().size(), 1U);
}

TEST(Standards, GleifRecords) {
  const auto firms = follow(parse_csv(
      "LEI,Entity.LegalName,Entity.LegalAddress.FirstAddressLine,Entity.LegalAddress.Country,"
      "Entity.RegistrationAuthority.RegistrationAuthorityEntityID,Entity.LegalJurisdiction,"
      "Entity.EntityStatus,Entity.EntityCreationDate\n"
      "300300C1,甲公司,大渡口区1号,CN,91500104MA5U7X1Y2Z,CN,ACTIVE,2011-02-03T00:00:00Z\n"
      "529900XY,Foreign NV,Dam 1,NL,HRB 2345,NL,ACTIVE,\n",
      "lei2.csv"));
  ASSERT_EQ(firms.size(), 1U);
  EXPECT_EQ(
      filled(firms[0]),
      (Rows{{"甲公司", "300300C1", "91500104MA5U7X1Y2Z", "大渡口区1号", "2011-02-03", "ACTIVE"},
            {"Foreign NV", "529900XY", "", "Dam 1", "", "ACTIVE"}}));
  const auto owns = follow(parse_csv(
      "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType,"
      "Relationship.RelationshipStatus,Relationship.Period.1.startDate,"
      "Relationship.Period.1.endDate,Relationship.Period.1.periodType,"
      "Relationship.Quantifiers.1.QuantifierAmount,Relationship.Quantifiers.1.QuantifierUnits\n"
      "C,P,IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE,2018-01-01T00:00:00Z,,RELATIONSHIP_PERIOD,60,"
      "PERCENTAGE\n"
      "C,U,IS_ULTIMATELY_CONSOLIDATED_BY,ACTIVE,,,,,\n",
      "rr.csv"));
  const Table& held = owns.back();
  EXPECT_EQ(filled(held), (Rows{{"P", "C", "60%", "2018-01-01"}}));
  EXPECT_EQ(owns.front().problems().size(), 1U);
}

TEST(Standards, OtherRowsAreLeftAlone) {
  EXPECT_FALSE(read_standard(parse_csv("id,name\n1,甲\n", "f.csv"), {}).has_value());
}

}  // namespace
}  // namespace liantu
