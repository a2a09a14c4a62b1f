#include <algorithm>
#include <cctype>
#include <csignal>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "cli/program.hpp"
#include "liantu/base/files/digest.hpp"
#include "liantu/base/text/utf8.hpp"
#include "support/workbook_file.hpp"

namespace liantu::test {
namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

const Words kVerbs = {"build",   "check",  "show",     "chain", "gaps",    "rank",
                      "explain", "intro",  "evaluate", "train", "map",     "diff",
                      "ledger",  "league", "demo",     "synth", "formats", "doctor"};

bool ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Lines of a help page that describe an option.
Words option_lines(const std::string& help) {
  Words result;
  std::istringstream lines(help);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("  -")) result.push_back(line);
  }
  return result;
}

class Cli : public InFolder {};

// ---- usage ----

TEST_F(Cli, EveryVerbExplainsItsOptionsInBothLanguages) {
  for (const std::string& verb : kVerbs) {
    SCOPED_TRACE(verb);
    const Ran en = liantu({verb, "--help", "--lang", "en"});
    const Ran zh = liantu({verb, "--help", "--lang", "zh"});
    EXPECT_EQ(en.exit, 0);
    EXPECT_EQ(zh.exit, 0);
    EXPECT_EQ(en.err, "");
    EXPECT_EQ(zh.err, "");
    EXPECT_NE(en.out.find("usage: liantu " + verb), std::string::npos) << en.out;
    EXPECT_NE(zh.out.find("用法：liantu " + verb), std::string::npos) << zh.out;
    const Words en_lines = option_lines(en.out);
    const Words zh_lines = option_lines(zh.out);
    EXPECT_EQ(en_lines.size(), zh_lines.size());
    EXPECT_GE(en_lines.size(), 2U);  // --lang and --help at the least
    for (const std::string& line : en_lines) EXPECT_TRUE(ascii(line)) << line;
    for (const std::string& line : zh_lines) EXPECT_FALSE(ascii(line)) << line;
  }
}

TEST_F(Cli, HelpNamesEveryVerbAndEveryExitStatus) {
  for (const char* language : {"en", "zh"}) {
    const Ran ran = liantu({"--help", "--lang", language});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_EQ(ran.err, "");
    for (const std::string& verb : kVerbs) {
      EXPECT_NE(ran.out.find("\n  " + verb + " "), std::string::npos) << verb;
    }
    const std::size_t codes =
        ran.out.find(std::string_view(language) == "en" ? "exit codes:" : "退出码：");
    ASSERT_NE(codes, std::string::npos);
    for (const char* status : {"0", "1", "2", "3", "4", "5", "70", "130"}) {
      EXPECT_NE(ran.out.find(std::string(status) + " ", codes), std::string::npos) << status;
    }
  }
  EXPECT_EQ(liantu({"help"}).out, liantu({"-h"}).out);
}

TEST_F(Cli, WithoutArgumentsShowsHelpAndEndsWithUsage) {
  const Ran ran = liantu({});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, liantu({"--help"}).out);
}

TEST_F(Cli, SaysItsVersion) {
  const Ran ran = liantu({"--version"});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out, "liantu " LIANTU_PROGRAM_VERSION "\n");
}

TEST_F(Cli, LanguageComesFromTheOptionThenTheEnvironment) {
  const auto speaks_chinese = [&](const Words& arguments,
                                  const std::vector<std::pair<std::string, std::string>>& with) {
    const Ran ran = run(arguments, {folder_, with});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return ran.out.find("用法") != std::string::npos;
  };
  EXPECT_FALSE(speaks_chinese({"--help"}, {}));
  EXPECT_TRUE(speaks_chinese({"--help"}, {{"LANG", "zh_CN.UTF-8"}}));
  EXPECT_TRUE(speaks_chinese({"--help"}, {{"LC_MESSAGES", "zh_CN"}, {"LANG", "en_US.UTF-8"}}));
  EXPECT_FALSE(speaks_chinese({"--help"}, {{"LC_ALL", "C"}, {"LANG", "zh_CN.UTF-8"}}));
  EXPECT_TRUE(speaks_chinese({"--help", "--lang", "zh"}, {{"LC_ALL", "C"}}));
  EXPECT_FALSE(speaks_chinese({"gaps", "--help", "--lang=en"}, {{"LC_ALL", "zh_CN.UTF-8"}}));
  EXPECT_TRUE(speaks_chinese({"--lang=zh", "gaps", "--help"}, {}));
  EXPECT_TRUE(speaks_chinese({"--lang", "zh", "gaps", "--help"}, {}));
}

TEST_F(Cli, RefusesAWrongCommandLine) {
  struct Case {
    Words arguments;
    Words en;
    Words zh;
  };
  const std::vector<Case> cases = {
      {{"nix"}, {"no verb \"nix\"", "--help"}, {"没有动词“nix”", "--help"}},
      {{"gapps"}, {"did you mean gaps?"}, {"是否想写 gaps？"}},
      {{"gaps", "--regoin", "50"}, {"did you mean --region?"}, {"是否想写 --region？"}},
      {{"gaps", "--top", ""}, {"--top"}, {"选项 --top 的值"}},
      {{"gaps", "x", "-r", "50", "-f", "csv", "--json"},
       {"-f csv and --json"},
       {"-f csv 与 --json"}},
      {{"build", "x.csv", "-o", "x.csv"}, {"x.csv", ".liantu"}, {"x.csv", ".liantu"}},
      {{"build", "x.csv", "-o", "-"}, {"-o -", "name a file"}, {"-o -", "请写文件名"}},
      {{"build", "x.csv", "-o", "x.liantu", "--problems", "p.xml"},
       {"p.xml", ".csv or .json or .txt"},
       {"p.xml", ".csv 或 .json 或 .txt"}},
      {{"gaps", "--nix"}, {"unrecognised option '--nix'", "--help"}, {"没有选项 --nix", "--help"}},
      {{"gaps", "x.liantu", "--top"}, {"--top", "missing"}, {"选项 --top 缺少值"}},
      {{"gaps", "--json=3"}, {"'--json' does not take"}, {"选项 --json 不带值"}},
      {{"gaps", "--top", "abc"}, {"'abc'", "--top", "invalid"}, {"选项 --top 的值“abc”无效"}},
      {{"gaps", "--o", "x"}, {"'--o' is ambiguous"}, {"选项 --o 有歧义"}},
      {{"gaps", "-r", "50", "-r", "51"}, {"--region", "more than once"}, {"--region 只能给一次"}},
      {{"gaps"}, {"input file is missing"}, {"缺少输入文件"}},
      {{"gaps", "a", "b"}, {"b is one argument too many"}, {"多余的参数 b"}},
      {{"gaps", "x.liantu"}, {"--region is missing", "500104"}, {"缺少 --region", "500104"}},
      {{"build", "x.csv"}, {"-o is missing"}, {"缺少 -o"}},
      {{"explain", "x.liantu", "-r", "50"}, {"--firm is missing"}, {"缺少 --firm"}},
      {{"map", "x.liantu", "-r", "50", "-f", "eps"}, {"format \"eps\""}, {"格式“eps”"}},
      {{"gaps", "x.liantu", "-r", "5001x"}, {"--region 5001x"}, {"--region 5001x"}},
      {{"gaps", "x.liantu", "-r", "火星"}, {"--region 火星", "not a region"}, {"不是有效的地区"}},
      {{"gaps", "x.liantu", "-r", "朝阳区"},
       {"--region 朝阳区: 2 divisions have this name", "110105 北京市朝阳区"},
       {"有 2 个同名地区", "220104 吉林省长春市朝阳区"}},
      {{"demo", "--data", ".", "-r", "火星"},
       {"--region 火星", "not a region"},
       {"不是有效的地区"}},
      {{"synth"}, {"-o is missing"}, {"缺少 -o"}},
      {{"synth", "-o", "x.csv"}, {"x.csv", ".liantu"}, {"x.csv", ".liantu"}},
      {{"synth", "-o", "x.liantu", "--relations", "9999"},
       {"relations 9999", "10000 to 100000000"},
       {"关系数 9999", "10000 到 100000000"}},
      {{"synth", "-o", "x.liantu", "--relations", "10000", "--segments", "501"},
       {"segments 501", "13 to 500"},
       {"环节数 501", "13 到 500"}},
      {{"synth", "-o", "x.liantu", "--seed", "-1"}, {"--seed -1"}, {"--seed -1"}},
      {{"synth", "x", "-o", "x.liantu"}, {"x is one argument too many"}, {"多余的参数 x"}},
      {{"formats", "x"}, {"x is one argument too many"}, {"多余的参数 x"}},
  };
  for (const Case& one : cases) expect_refused(one.arguments, 2, one.en, one.zh);
  EXPECT_EQ(liantu({"--lang", "fr", "formats"}).exit, 2);
  EXPECT_EQ(liantu({"formats", "--lang", "fr"}).exit, 2);
  EXPECT_EQ(liantu({"--lang"}).exit, 2);
}

TEST_F(Cli, RefusesOptionsOutsideTheirRange) {
  build_dadukou();
  const auto with = [](const Words& more) {
    Words all = {"gaps", "dadukou.liantu"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  expect_refused(with({"-r", "500104", "--top", "-1"}), 2, {"--top -1", "0 or more"},
                 {"--top -1", "0 或更大"});
  expect_refused(with({"-r", "500104", "--weak-coverage", "2"}), 2, {"2", "[0, 1]"},
                 {"2", "0 到 1"});
  expect_refused(with({"-r", "500104", "--min-confidence", "nan"}), 2, {"nan", "[0, 1]"},
                 {"nan", "0 到 1"});
  expect_refused(with({"-r", "999999"}), 2, {"999999", "GB/T 2260"}, {"999999", "GB/T 2260"});
  expect_refused(with({"-r", "500104", "--weak-coverage", "half"}), 2,
                 {"--weak-coverage half", "50%"}, {"--weak-coverage half", "50%"});
  expect_refused(with({"-r", "500104", "--by", "size"}), 2, {"--by size", "criticality"},
                 {"--by size", "criticality"});
  expect_refused(with({"-r", "500104123"}), 2, {"--region 500104123", "500104 "},
                 {"--region 500104123", "500104 重庆市大渡口区"});
  expect_refused(with({"-r", "500104", "--anchor", "无此企业"}), 2, {"无此企业"}, {"无此企业"});
  expect_refused(with({"-r", "500104", "-f", "svg"}), 2,
                 {"format \"svg\"", "table, csv, xlsx or json"},
                 {"格式“svg”", "table、csv、xlsx 或 json"});
}

TEST_F(Cli, APolicyStandsAmongTheInputsWithItsDigestAndItsPathNowhere) {
  build_dadukou();
  write("mine.json", "{\"name\": \"ours\"}");
  const std::string path = (folder_ / "mine.json").string();
  const std::string out =
      liantu({"rank", "dadukou.liantu", "-r", "500104", "-p", path, "--json"}).out;
  EXPECT_NE(out.find("\"name\": \"mine.json\""), std::string::npos);
  EXPECT_EQ(out.find(path), std::string::npos);
}

TEST_F(Cli, TheHelpPageKeepsArgumentsAndSummariesApart) {
  for (const Ran& ran : {liantu({"--help"}), liantu({"--help", "--lang", "zh"})}) {
    for (const char* summary : {"]a chain", "]按"}) {
      EXPECT_EQ(ran.out.find(summary), std::string::npos) << ran.out;
    }
  }
  EXPECT_NE(liantu({"--help"}).out.find("[CHAIN or SEGMENT]  "), std::string::npos);
}

TEST_F(Cli, ADistrictWithoutFirmsIsANegativeAnswer) {
  build_dadukou();
  for (const Words& call :
       {Words{"gaps", "dadukou.liantu"}, Words{"rank", "dadukou.liantu"},
        Words{"chain", "dadukou.liantu"}, Words{"map", "dadukou.liantu"},
        Words{"explain", "dadukou.liantu", "--firm", "示例惠州"}, Words{"intro", "dadukou.liantu"},
        Words{"diff", "dadukou.liantu", "dadukou.liantu"}}) {
    Words all = call;
    all.insert(all.end(), {"-r", "650104"});
    expect_refused(all, 1, {"no firm is in 650104"}, {"650104", "没有企业"});
  }
}

TEST_F(Cli, AShareMayBeWrittenInPerCent) {
  build_dadukou();
  const auto gaps = [&](const std::string& share) {
    return liantu({"gaps", "dadukou.liantu", "-r", "500104", "--weak-coverage", share, "--json"});
  };
  const Ran percent = gaps("25%");
  EXPECT_EQ(percent.exit, 0) << percent.err;
  EXPECT_NE(percent.out.find("\"weak-coverage\": 0.25"), std::string::npos);
  EXPECT_EQ(percent.out, gaps("0.25").out);
}

// ---- input that is not acceptable ----

TEST_F(Cli, RefusesInputThatCannotBeRead) {
  fs::create_directory(folder_ / "folder.liantu");
  expect_refused({"build", "missing.csv", "-o", "x.liantu"}, 4,
                 {"missing.csv", "it does not exist", "check the name"},
                 {"missing.csv", "文件不存在", "请核对文件名"});
  expect_refused({"check", "missing.csv"}, 4, {"missing.csv"}, {"missing.csv"});
  // A folder's name that is wrong is no file without an extension.
  expect_refused({"build", "missing", "-o", "x.liantu"}, 4, {"missing", "it does not exist"},
                 {"missing", "文件不存在"});
  expect_refused({"gaps", "missing.liantu", "-r", "500104"}, 4,
                 {"missing.liantu", "it does not exist"}, {"missing.liantu", "文件不存在"});
  expect_refused({"rank", "folder.liantu", "-r", "500104"}, 4, {"it is a folder", "name a file"},
                 {"这是一个文件夹", "请写文件名"});
  write("firm.csv", "企业名称\n甲\n");
  expect_refused({"build", "firm.csv", "-m", "missing.json", "-o", "x.liantu"}, 4, {"missing.json"},
                 {"missing.json"});
  EXPECT_EQ(names(), (Words{"firm.csv", "folder.liantu"}));
}

TEST_F(Cli, RefusesAFolderWithoutTables) {
  fs::create_directories(folder_ / "empty/folder.csv");
  expect_refused({"build", "empty", "-o", "x.liantu"}, 3, {"no table was found"},
                 {"没有找到任何表"});
}

TEST_F(Cli, RefusesTablesThatCannotBeUnderstood) {
  struct Case {
    std::string name;
    std::string bytes;
    Words en;
    Words zh;
  };
  const std::vector<Case> cases = {
      {"企业.csv",
       "企业名称\n\xFF\xFE\x80\xFF\n",
       {"企业.csv:2:1", "0xFF", "CSV UTF-8"},
       {"企业.csv:2:1", "0xFF", "另存为"}},
      {"企业.csv",
       "企业名称,地区代码\n甲,500104\n乙,\"5001\n丙,500104\n",
       {"企业.csv:3:3", "never closed"},
       {"企业.csv:3:3", "没有闭合"}},
      {"供货.csv",
       "供应商,环节\n甲,乙\n",
       {"供货.csv:1:1", "customer is missing", "客户"},
       {"供货.csv:1:1", "客户"}},
      {"表.csv",
       "无名一,无名二\n甲,乙\n",
       {"表.csv:1:1", "cannot tell what this table is", "无名一", "mapping"},
       {"表.csv:1:1", "无法从列名判断", "无名一", "映射文件"}},
      {"企业.csv", "", {"企业.csv", "is empty"}, {"企业.csv", "文件是空的"}},
  };
  for (const Case& one : cases) {
    write(one.name, one.bytes);
    expect_refused({"build", one.name, "-o", "x.liantu"}, 3, one.en, one.zh);
    for (const char* language : {"en", "zh"}) {
      const Ran check = liantu({"check", one.name, "--lang", language});
      EXPECT_EQ(check.exit, 3);
      for (const std::string& word : language == std::string("en") ? one.en : one.zh) {
        EXPECT_NE(check.out.find(word), std::string::npos) << word << " in " << check.out;
      }
    }
    fs::remove(folder_ / one.name);
  }
  EXPECT_EQ(names(), Words{});
}

TEST_F(Cli, CheckListsEveryFileThatCannotBeUsed) {
  write("企业.csv", "企业名称,营收人\n甲\n");
  write("主营.csv", "");
  write("供货.csv", "供应商,客户\n甲,\"乙\n");
  write("台账.et", "PK");
  const Ran table = liantu({"check", ".", "--lang", "zh"});
  EXPECT_EQ(table.exit, 3);
  for (const char* word : {"主营.csv", "供货.csv:2:3", "台账.et", "企业.csv:1:6", "营收"}) {
    EXPECT_NE(table.out.find(word), std::string::npos) << word << " in " << table.out;
  }
  const Ran json = liantu({"check", ".", "--json"});
  EXPECT_EQ(json.exit, 3);
  rapidjson::Document problems;
  ASSERT_FALSE(problems.Parse(json.out.data(), json.out.size()).HasParseError()) << json.out;
  EXPECT_EQ(problems["problems"].Size(), 4U);
  expect_refused({"build", ".", "-o", "x.liantu"}, 3, {"主营.csv", "供货.csv:2:3"},
                 {"主营.csv", "供货.csv:2:3"});
}

TEST_F(Cli, AFileThatWasNotReadIsNamedAndMakesCheckAndStrictEnd) {
  write("企业.csv", "企业名称\n甲\n");
  EXPECT_EQ(liantu({"check", "."}).exit, 0);
  write("供货关系表.csv", "卖家,买家\n甲,乙\n");
  const Ran check = liantu({"check", ".", "--lang", "zh"});
  EXPECT_EQ(check.exit, 1);
  EXPECT_NE(check.out.find("供货关系表.csv"), std::string::npos) << check.out;
  EXPECT_NE(check.err.find("未读取"), std::string::npos) << check.err;
  EXPECT_EQ(liantu({"build", ".", "-o", "x.liantu"}).exit, 0);
  expect_refused({"build", ".", "-o", "y.liantu", "--strict"}, 3, {"--strict"}, {"--strict"});
  EXPECT_FALSE(fs::exists(folder_ / "y.liantu"));
  // A graph among the tables is nobody's loss.
  fs::remove(folder_ / "供货关系表.csv");
  EXPECT_EQ(liantu({"check", "."}).exit, 0);
}

TEST_F(Cli, ItsOwnListsAreNoTables) {
  write("企业.csv", "企业名称,地区代码,主营产品\n甲,500104,电机\n");
  write("需要.csv", "产品,投入品\n电机,硅钢\n");
  EXPECT_EQ(liantu({"build", ".", "-o", "x.liantu"}).exit, 0);
  const std::string before = bytes_of(folder_ / "x.liantu");
  for (const char* list : {"缺口.csv", "gaps.json"}) {
    EXPECT_EQ(liantu({"gaps", "x.liantu", "-r", "500104", "-o", list}).exit, 0);
  }
  const Ran again = liantu({"build", ".", "-o", "x.liantu", "-O", "--problems", "p.csv"});
  EXPECT_EQ(again.exit, 0) << again.err;
  EXPECT_EQ(bytes_of(folder_ / "x.liantu"), before);
  for (const char* word : {"缺口.csv", "gaps.json", "an output of Liantu"}) {
    EXPECT_NE(bytes_of(folder_ / "p.csv").find(word), std::string::npos);
  }
  expect_refused({"build", "缺口.csv", "-o", "y.liantu"}, 3, {"缺口.csv", "output of Liantu"},
                 {"缺口.csv", "链图自己的输出"});
}

TEST_F(Cli, NamesToConfirmAreAskedAnsweredAndKept) {
  write("企业.csv", "企业名称\n重庆示例机械有限公司\n宁波示例机械有限公司\n");
  write("供货.csv", "供应商,客户\n示例机械,宁波示例机械有限公司\n");
  const Ran first = liantu({"build", ".", "-o", "x.liantu", "--confirm", "待确认.csv", "--json"});
  EXPECT_EQ(first.exit, 0) << first.err;
  EXPECT_NE(first.out.find("\"names_to_confirm\": 2"), std::string::npos) << first.out;
  std::string asked = bytes_of(folder_ / "待确认.csv");
  EXPECT_NE(asked.find("重庆示例机械有限公司"), std::string::npos) << asked;
  EXPECT_NE(asked.find("供货.csv:2:1"), std::string::npos) << asked;

  // Nothing new to ask leaves the file as the user has it.
  const std::string headings = "可能是哪家企业,所写名称,是否同一家（是/否/其他）,经办人\n";
  const std::string answered = headings +
                               "重庆示例机械有限公司,示例机械,是,张三\n"
                               "宁波示例机械有限公司,示例机械,否,张三\n";
  write("待确认.csv", answered);
  const Ran second =
      liantu({"build", ".", "-o", "x.liantu", "-O", "--confirm", "待确认.csv", "--json"});
  EXPECT_EQ(second.exit, 0) << second.err;
  EXPECT_NE(second.out.find("\"supplies\": 1"), std::string::npos) << second.out;
  EXPECT_NE(second.out.find("\"warnings\": 0"), std::string::npos) << "the workbook is no table";
  EXPECT_EQ(bytes_of(folder_ / "待确认.csv"), answered);

  write("待确认.csv", headings + "重庆示例机械有限公司,示例机械,也许,张三\n");
  const std::string unclear = bytes_of(folder_ / "待确认.csv");
  const Ran third = liantu({"build", ".", "-o", "x.liantu", "-O", "--confirm", "待确认.csv"});
  EXPECT_EQ(third.exit, 0) << third.err;
  EXPECT_EQ(bytes_of(folder_ / "待确认.csv"), unclear);

  write("待确认.csv", "名称\n示例机械\n");
  expect_refused({"build", ".", "-o", "x.liantu", "-O", "--confirm", "待确认.csv"}, 3,
                 {"待确认.csv", "is missing"}, {"待确认.csv", "缺少"});
  expect_refused({"build", "--edges", "供货.csv", "-o", "y.liantu", "--confirm", "待确认.csv"}, 2,
                 {"--confirm"}, {"--confirm"});
}

TEST_F(Cli, AFileOfAnotherKindIsNamedAsWhatItIsWhereverItIsRead) {
  write("企业.csv", "企业名称,地区代码\n甲,500104\n");
  EXPECT_EQ(liantu({"build", "企业.csv", "-o", "x.liantu"}).exit, 0);
  write("page.csv", "<!DOCTYPE html>\n<html><body>a b</body></html>\n");
  const std::vector<Words> calls = {{"build", "page.csv", "-o", "y.liantu"},
                                    {"build", "--edges", "page.csv", "-o", "y.liantu"},
                                    {"build", "企业.csv", "-m", "page.csv", "-o", "y.liantu"},
                                    {"show", "page.csv"},
                                    {"gaps", "x.liantu", "-r", "500104", "--factors", "page.csv"},
                                    {"rank", "x.liantu", "-r", "500104", "--policy", "page.csv"},
                                    {"rank", "x.liantu", "-r", "500104", "--model", "page.csv"},
                                    {"evaluate", "--edges", "page.csv"}};
  for (const Words& call : calls) {
    expect_refused(call, 3, {"page.csv", "a web page (HTML)"}, {"page.csv", "网页（HTML）"});
  }
  expect_refused({"build", "x.liantu", "-o", "y.liantu"}, 3, {"x.liantu", "`liantu build` wrote"},
                 {"x.liantu", "liantu build"});
}

TEST_F(Cli, APipeIsReadOnceAndItsDigestIsOfWhatWasRead) {
  write("企业.csv", "企业名称,地区代码\n甲,500104\n");
  EXPECT_EQ(liantu({"build", "企业.csv", "-o", "x.liantu"}).exit, 0);
  const std::string bytes = bytes_of(folder_ / "x.liantu");
  ASSERT_EQ(::mkfifo((folder_ / "p").c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(folder_ / "p", std::ios::binary) << bytes; });
  const Ran ran = liantu({"show", "p", "--json"});
  writer.join();
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(ran.out.find(digest(bytes)), std::string::npos) << ran.out;
}

TEST_F(Cli, NamesThatAreNoUtf8AreReadAndShownByTheirBytes) {
  const std::string folder = "\xCA\xFD\xBE\xDD";    // 数据 in GBK
  const std::string name = "\xC6\xF3\xD2\xB5.csv";  // 企业
  write(folder + "/" + name, "企业名称,注册资本\n甲,x\n");
  const Ran built = liantu({"build", folder, "-o", folder + ".liantu", "--json"});
  EXPECT_EQ(built.exit, 0) << built.err;
  EXPECT_NE(built.err.find("\\xC6\\xF3\\xD2\\xB5.csv"), std::string::npos) << built.err;
  EXPECT_FALSE(find_invalid_utf8(built.out)) << built.out;
  EXPECT_FALSE(find_invalid_utf8(built.err)) << built.err;
  rapidjson::Document summary;
  ASSERT_FALSE(summary.Parse(built.out.data(), built.out.size()).HasParseError()) << built.out;
  const Ran check = liantu({"check", folder + "/" + name, "--json"});
  EXPECT_EQ(check.exit, 1);
  EXPECT_NE(check.out.find("\\\\xC6\\\\xF3\\\\xD2\\\\xB5.csv"), std::string::npos) << check.out;
  const Ran shown = liantu({"show", folder + ".liantu", "--json"});
  EXPECT_EQ(shown.exit, 0) << shown.err;
  EXPECT_FALSE(find_invalid_utf8(shown.out)) << shown.out;
  expect_refused({"show", folder + "no.liantu"}, 4, {"\\xCA\\xFD\\xBE\\xDDno.liantu"},
                 {"\\xCA\\xFD\\xBE\\xDDno.liantu"});
}

TEST_F(Cli, CheckOfTablesWithoutRowsSaysSo) {
  write("企业.csv", "企业名称\n");
  const Ran en = liantu({"check", "企业.csv", "--lang", "en"});
  EXPECT_EQ(en.exit, 0);
  EXPECT_NE(en.err.find("no row"), std::string::npos) << en.err;
  EXPECT_EQ(en.err.find("can be used"), std::string::npos) << en.err;
}

TEST_F(Cli, RowsAreNamedInTheReadersLanguage) {
  write("主营.csv", "企业,环节,产值\n甲,乙,1\n");
  const Ran zh = liantu({"check", "主营.csv", "--lang", "zh"});
  EXPECT_EQ(zh.err.find("makes"), std::string::npos) << zh.err;
  EXPECT_NE(liantu({"check", "主营.csv", "--lang", "en"}).err.find("makes"), std::string::npos);
}

TEST_F(Cli, AWorkbookThatCannotBeReadIsInputThatIsNotAcceptable) {
  write("台账.xls", "PK");
  expect_refused({"build", "台账.xls", "-o", "x.liantu"}, 3, {"台账.xls", "this is text"},
                 {"台账.xls", "文本"});
  write("台账.xlsx", "PK");
  expect_refused({"build", "台账.xlsx", "-o", "x.liantu"}, 3, {"台账.xlsx", "is not a workbook"},
                 {"台账.xlsx", "不是工作簿"});
  write("企业.xlsx", test::book_of({{"企业名称"}, {"甲"}}));
  expect_refused({"build", "企业.xlsx#乙", "-o", "x.liantu"}, 3, {"has no sheet \"乙\"", "表"},
                 {"没有工作表“乙”"});
}

TEST_F(Cli, AWorkbookIsReadAndWhatWasFoundIsSaid) {
  write("表/企业.xlsx",
        test::book_of(
            {{"规上企业"}, {"单位：万元"}, {"企业名称", "营业收入"}, {"甲", "5"}, {"合计", "5"}}));
  const Ran ran = liantu({"build", "表", "-o", "x.liantu", "--lang", "en"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(
      ran.err.find("企业.xlsx#表!A3: headings in row 3, data in rows 4–5, amounts in 万元 (A2); "
                   "titles: 1–2"),
      std::string::npos)
      << ran.err;
  const Ran check =
      liantu({"check", "表/企业.xlsx", "--header-row", "3", "--unit", "亿元", "--lang", "en"});
  EXPECT_EQ(check.exit, 0) << check.err;
  EXPECT_NE(check.out.find("企业.xlsx#表!A3"), std::string::npos) << check.out;
  expect_refused({"build", "表", "-o", "y.liantu", "--unit", "美元"}, 2, {"--unit 美元"},
                 {"--unit 美元"});
  expect_refused({"build", "表", "-o", "y.liantu", "--header-row", "0"}, 2, {"--header-row 0"},
                 {"--header-row 0"});
  expect_refused({"build", "表", "-o", "y.liantu", "--header-row", "99"}, 3, {"row 99"},
                 {"第 99 行"});
}

TEST_F(Cli, ATaxonomyThatGoesInACircleLosesTheRowThatClosesIt) {
  write("环节.csv", "环节,上级\n甲,乙\n乙,丙\n丙,甲\n");
  const Ran check = liantu({"check", "环节.csv"});
  EXPECT_EQ(check.exit, 1);
  EXPECT_NE(check.out.find("环节.csv:4"), std::string::npos) << check.out;
  expect_refused({"build", "环节.csv", "-o", "x.liantu", "--strict"}, 3, {"--strict"},
                 {"--strict"});
  EXPECT_EQ(liantu({"build", "环节.csv", "-o", "x.liantu"}).exit, 0);
}

TEST_F(Cli, RefusesAMappingThatIsWrong) {
  write("表.csv", "甲列\n某公司\n");
  const auto refused = [&](std::string_view mapping, const Words& en, const Words& zh) {
    write("m.json", mapping);
    expect_refused({"build", "表.csv", "-m", "m.json", "-o", "x.liantu"}, 3, en, zh);
  };
  refused("{\n \"tables\": [{\"file\": \"表.csv\", \"as\": \"firm\"}]}", {"m.json:2:", "column"},
          {"m.json:2:", "列"});
  refused("{\"tables\": [{\"file\": \"表.csv\", \"as\": \"firm\", \"columns\": {}}]}",
          {"m.json:1:", "column"}, {"m.json:1:", "列"});
  refused("{\"tables\": [", {"m.json:1:"}, {"m.json:1:"});
  refused("{\"tabels\": []}", {"m.json:1:", "tabels"}, {"m.json:1:", "tabels"});
  write("m.json", R"({"tables": [{"file": "表.csv", "as": "firm", "columns": {"甲列": "name"}}]})");
  EXPECT_EQ(liantu({"build", "表.csv", "-m", "m.json", "-o", "x.liantu"}).exit, 0);
}

TEST_F(Cli, RefusesWhatIsNoSnapshotOrADamagedOne) {
  write("no.liantu", "企业名称\n甲\n");
  write("empty.liantu", "");
  expect_refused({"gaps", "no.liantu", "-r", "500104"}, 3, {"no.liantu", "not a graph snapshot"},
                 {"no.liantu", "不是关联图快照"});
  expect_refused({"gaps", "empty.liantu", "-r", "500104"}, 3, {"empty.liantu"}, {"empty.liantu"});
  build_dadukou();
  const std::string whole = bytes_of(folder_ / "dadukou.liantu");
  std::string damaged = whole;
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  write("damaged.liantu", damaged);
  write("cut.liantu", std::string_view(whole).substr(0, whole.size() / 2));
  std::string newer = whole;
  newer[8] = 9;
  write("newer.liantu", newer);
  expect_refused({"show", "newer.liantu"}, 3, {"newer.liantu", "version 9", "newer program"},
                 {"newer.liantu", "版本 9", "请升级程序"});
  EXPECT_EQ(bytes_of(folder_ / "newer.liantu"), newer);
  for (const char* verb : {"gaps", "rank", "map"}) {
    expect_refused({verb, "damaged.liantu", "-r", "500104"}, 3, {"damaged.liantu"},
                   {"damaged.liantu"});
    expect_refused({verb, "cut.liantu", "-r", "500104"}, 3, {"cut.liantu"}, {"cut.liantu"});
  }
}

TEST_F(Cli, RefusesAPolicyThatIsWrong) {
  build_dadukou();
  struct Wrong {
    std::string text;
    Words en;
    Words zh;
  };
  const std::vector<Wrong> all = {
      {"{\n  \"weights\": {\"nix\": 100}\n}", {"policy.json:2:", "nix"}, {"policy.json:2:", "nix"}},
      {"{\n  \"weights\": {\"fit\": -5, \"scale\": 105}\n}",
       {"policy.json:2:22:", "write 0 for a part that is not to count"},
       {"policy.json:2:22", "不计的评分项请写 0"}},
      {"{\n  \"weights\": {\"fit\": 0}\n}",
       {"policy.json:2:14:", "the weights sum to 0 instead of 100"},
       {"policy.json:2:14", "权重之和为 0，应为 100"}},
      {"{\n  \"introductions\": {\"calls\": {\"chamber\": -1}}\n}",
       {"policy.json:2:42:", "write a whole number of 0 to 1000000"},
       {"policy.json:2:42", "此处请写 0 到 1000000 的整数"}},
      {"{\n  \"introductions\": {\"friends\": 1}\n}",
       {"policy.json:2:", "\"friends\" is not known; known here: serves"},
       {"policy.json:2:", "不认识成员 \"friends\"；此处可用：serves"}}};
  for (const Wrong& one : all) {
    write("policy.json", one.text);
    for (const char* verb : {"rank", "intro"}) {
      expect_refused({verb, "dadukou.liantu", "-r", "500104", "-p", "policy.json"}, 3, one.en,
                     one.zh);
    }
  }
}

TEST_F(Cli, RefusesRulesThatAreWrong) {
  build_dadukou();
  write("rules.json", R"({"screens": [{"field": "distance", "beyond_km": -3, "reason": "x"}]})");
  write("none.json", R"({"screens": []})");
  for (const char* verb : {"rank", "map"}) {
    const Words call = {verb, "dadukou.liantu", "-r", "500104", "--rules"};
    const auto with = [&](const char* file) {
      Words all = call;
      all.emplace_back(file);
      return all;
    };
    expect_refused(with("rules.json"), 3, {"rules.json:1:", "above 0"},
                   {"rules.json:1:", "大于 0"});
    expect_refused(with("none.json"), 3, {"none.json:1:", "screens"}, {"none.json:1:", "screens"});
    expect_refused(with("missing.json"), 4, {"missing.json"}, {"missing.json"});
  }
}

TEST_F(Cli, RulesThatKeepEverybodyOffSayWhichAndWhatToDo) {
  build_dadukou();
  write("all.json", R"({"source": "某文件", "screens": [
    {"field": "size", "below": 9e15, "reason": {"en": "too small", "zh": "规模太小"}},
    {"field": "distance", "beyond_km": 1, "reason": {"en": "too far", "zh": "太远"}}]})");
  const Ran ran = run(
      {"rank", "dadukou.liantu", "-r", "500104", "--rules", "all.json", "--lang", "zh"}, {folder_});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_NE(ran.out.find("全部被规则筛除"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("请放宽这些规则"), std::string::npos);
  EXPECT_NE(ran.out.find("all.json"), std::string::npos);  // with its digest
}

TEST_F(Cli, AChainThatIsNoneIsRefused) {
  build_dadukou();
  for (const char* verb : {"gaps", "rank", "map"}) {
    expect_refused({verb, "dadukou.liantu", "-r", "500104", "--chain", "无此链"}, 2, {"--chain"},
                   {"--chain"});
    expect_refused({verb, "dadukou.liantu", "-r", "500104", "--from-region", "天上"}, 2,
                   {"--from-region 天上"}, {"--from-region 天上"});
    expect_refused({verb, "dadukou.liantu", "-r", "500104", "--kind", "其他"}, 2, {"--kind 其他"},
                   {"--kind 其他"});
  }
}

// ---- output ----

TEST_F(Cli, NeverReplacesAFileUnlessAsked) {
  build_dadukou();
  write("kept", "untouched");
  const std::vector<Words> calls = {
      {"build", dadukou(), "-o", "kept"},
      {"build", dadukou(), "-o", "new.liantu", "--problems", "kept"},
      {"gaps", "dadukou.liantu", "-r", "500104", "-f", "csv", "-o", "kept"},
      {"rank", "dadukou.liantu", "-r", "500104", "--json", "-o", "kept"},
      {"map", "dadukou.liantu", "-r", "500104", "-f", "dot", "-o", "kept"},
      {"check", dadukou(), "-f", "json", "-o", "kept"},
      {"synth", "--relations", "10000", "-o", "kept"},
      {"formats", "-f", "csv", "-o", "kept"}};
  for (const Words& call : calls) {
    expect_refused(call, 4, {"kept", "exists"}, {"kept", "已存在"});
    EXPECT_EQ(bytes_of(folder_ / "kept"), "untouched");
    EXPECT_EQ(names(), (Words{"dadukou.liantu", "kept"}));
  }
  for (Words call : calls) {
    call.emplace_back("-O");
    write("kept", "untouched");
    EXPECT_EQ(liantu(call).exit, 0);
    EXPECT_NE(bytes_of(folder_ / "kept"), "untouched");
    fs::remove(folder_ / "new.liantu");
  }
}

TEST_F(Cli, NeverReplacesItsOwnInput) {
  build_dadukou();
  const std::string graph = bytes_of(folder_ / "dadukou.liantu");
  fs::create_symlink("dadukou.liantu", folder_ / "link.csv");
  for (const char* output : {"dadukou.liantu", "./dadukou.liantu", "link.csv"}) {
    for (const char* verb : {"gaps", "rank"}) {
      expect_refused({verb, "dadukou.liantu", "-r", "500104", "-f", "csv", "-O", "-o", output}, 2,
                     {"is an input"}, {"是输入文件"});
    }
  }
  EXPECT_EQ(bytes_of(folder_ / "dadukou.liantu"), graph);
  write("tables/企业.csv", "企业名称\n甲\n");
  expect_refused({"build", "tables", "-o", "x.liantu", "-O", "--problems", "tables/企业.csv"}, 2,
                 {"企业.csv is an input"}, {"企业.csv 是输入文件"});
  write("policy.json", "{}");
  expect_refused(
      {"rank", "dadukou.liantu", "-r", "500104", "-p", "policy.json", "-O", "-o", "policy.json"}, 2,
      {"policy.json is an input"}, {"policy.json 是输入文件"});
}

TEST_F(Cli, AFolderIsNoOutputFile) {
  build_dadukou();
  fs::create_directory(folder_ / "out");
  expect_refused({"gaps", "dadukou.liantu", "-r", "500104", "-o", "out"}, 4, {"out is a folder"},
                 {"out 是文件夹"});
}

TEST_F(Cli, TheFormatFollowsTheNameInEitherCaseAndIsSaidWhenTheNameDoesNotTell) {
  build_dadukou();
  EXPECT_EQ(liantu({"gaps", "dadukou.liantu", "-r", "500104", "-o", "G.CSV"}).exit, 0);
  EXPECT_TRUE(bytes_of(folder_ / "G.CSV").starts_with("\xEF\xBB\xBF"));
  const Ran ran = liantu({"gaps", "dadukou.liantu", "-r", "500104", "-o", "noext"});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_NE(ran.err.find("noext has no extension: written as table"), std::string::npos) << ran.err;
}

TEST_F(Cli, EveryVerbSpeaksJson) {
  build_dadukou();
  std::string links = "supplier,customer\n";
  for (int i = 0; i < 1200; ++i) {
    for (int step = 1; step <= 4; ++step) {
      links +=
          std::to_string(i) + "," + std::to_string(i / 20 * 20 + (i + step * step) % 20) + "\n";
    }
  }
  write("links.csv", links);
  const std::vector<Words> calls = {
      {"build", dadukou(), "-o", "x.liantu"},
      {"check", dadukou()},
      {"show", "dadukou.liantu"},
      {"chain", "dadukou.liantu", "-r", "500104"},
      {"gaps", "dadukou.liantu", "-r", "500104"},
      {"rank", "dadukou.liantu", "-r", "500104"},
      {"explain", "dadukou.liantu", "-r", "500104", "--firm", "惠州棠"},
      {"intro", "dadukou.liantu", "惠州棠", "-r", "500104"},
      {"evaluate", "dadukou.liantu", "--hide", "0.3"},
      {"train", "--edges", "links.csv", "--force"},
      {"map", "dadukou.liantu", "-r", "500104"},
      {"diff", "dadukou.liantu", "dadukou.liantu", "-r", "500104"},
      {"ledger", "show", "d.ledger"},
      {"league", "d.ledger", "--quarter", "2025Q1"},
      {"demo", "--data", dadukou()},
      {"synth", "-o", "synth.liantu", "--relations", "10000"},
      {"formats"},
      {"doctor"}};
  ASSERT_EQ(calls.size(), kVerbs.size());
  ASSERT_EQ(liantu({"ledger", "init", "d.ledger", "-r", "500104"}).exit, 0);
  ASSERT_EQ(liantu({"ledger", "add", "d.ledger", "--team", "示例专班", "--date", "2025-03-01",
                    "--set", "note=示例"})
                .exit,
            0);
  for (Words call : calls) {
    call.emplace_back("--json");
    const Ran ran = liantu(call);
    if (ran.exit == 4 && ran.err.find("graphviz") != std::string::npos) continue;
    EXPECT_EQ(ran.exit, 0) << ran.err;
    rapidjson::Document document;
    ASSERT_FALSE(document.Parse(ran.out.data(), ran.out.size()).HasParseError()) << call.front();
    EXPECT_TRUE(std::string(document["schema"].GetString()).starts_with("liantu."));
    EXPECT_STREQ(document["version"].GetString(), LIANTU_PROGRAM_VERSION);
    EXPECT_TRUE(document["inputs"].IsArray()) << call.front();
    const bool reads_none =
        call.front() == "formats" || call.front() == "synth" || call.front() == "doctor";
    EXPECT_EQ(document["inputs"].Empty(), reads_none) << call.front();
  }
}

// ---- chains, kinds of gaps, changes ----

TEST_F(Cli, ChainDrawsAChainOrListsThemAll) {
  build_dadukou();
  const std::string all = liantu({"chain", "dadukou.liantu", "-r", "500104", "--lang", "zh"}).out;
  EXPECT_NE(all.find("智慧医疗装备"), std::string::npos) << all;
  const std::string one =
      liantu({"chain", "dadukou.liantu", "重庆小面", "-r", "500104", "--lang", "zh"}).out;
  for (const char* words : {"上游", "中游", "下游", "○ 小麦粉  缺链", "● 本地可供"}) {
    EXPECT_NE(one.find(words), std::string::npos) << one;
  }
  EXPECT_TRUE(liantu({"chain", "dadukou.liantu", "重庆小面", "-r", "500104", "-f", "csv"})
                  .out.starts_with("\xEF\xBB\xBFstage,segment"));
  expect_refused({"chain", "dadukou.liantu", "无此链", "-r", "500104"}, 2, {"无此链", "listed"},
                 {"无此链"});
}

TEST_F(Cli, ASegmentIsDrawnBetweenWhatItNeedsAndWhatNeedsIt) {
  build_dadukou();
  const Words call = {"chain", "dadukou.liantu", "医用监护仪", "-r", "500104", "--lang", "zh"};
  const std::string text = liantu(call).out;
  for (const char* words : {"上游", "○ 血氧传感器  缺链", "中游", "● 医用监护仪  本地可供", "下游",
                            "○ 智慧病房系统集成  延链", "上游为其直接投入"}) {
    EXPECT_NE(text.find(words), std::string::npos) << words << "\n" << text;
  }
  EXPECT_EQ(text.find("位置不明"), std::string::npos);
  Words with_json = call;
  with_json.emplace_back("--json");
  const std::string json = liantu(with_json).out;
  EXPECT_NE(json.find("\"notes\""), std::string::npos);
  EXPECT_NE(json.find("\"status\": \"弱链，仅一家生产，可配套率≤ 94%\""), std::string::npos)
      << json;
}

TEST_F(Cli, WithoutChainsItIsSaidHowToMarkOne) {
  write("plain/环节.csv", "环节,上级\n书,\n");
  write("plain/企业.csv", "企业名称,地区代码\n甲,500104\n");
  write("plain/主营.csv", "企业,环节\n甲,书\n");
  ASSERT_EQ(liantu({"build", "plain", "-o", "plain.liantu"}).exit, 0);
  const Ran ran = liantu({"chain", "plain.liantu", "-r", "500104", "--lang", "zh"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_NE(ran.out.find("请在环节表的“类型”列填“产业链”"), std::string::npos) << ran.out;
}

TEST_F(Cli, ChainIsDrawnAsABoard) {
  build_dadukou();
  const Words call = {"chain", "dadukou.liantu", "智慧医疗装备", "-r", "500104"};
  const auto with = [&](const Words& more) {
    Words words = call;
    words.insert(words.end(), more.begin(), more.end());
    return words;
  };
  EXPECT_EQ(liantu(with({"-o", "board.svg", "--lang", "zh"})).exit, 0);
  const std::string svg = liantu(with({"-f", "svg", "--lang", "zh"})).out;
  EXPECT_EQ(svg, bytes_of(folder_ / "board.svg"));
  EXPECT_NE(svg.find("width=\"420mm\" height=\"297mm\""), std::string::npos);
  EXPECT_NE(svg.find("<desc>liantu "), std::string::npos);
  EXPECT_NE(svg.find("--region 500104"), std::string::npos);
  EXPECT_NE(svg.find("重庆市大渡口区 · 智慧医疗装备 · 产业链图谱"), std::string::npos);
  const std::string dot = liantu(with({"-f", "dot"})).out;
  EXPECT_TRUE(dot.starts_with("// liantu ")) << dot.substr(0, 80);
  EXPECT_NE(dot.find("digraph"), std::string::npos);
  expect_refused({"chain", "dadukou.liantu", "-r", "500104", "-f", "svg"}, 2, {"one chain", "name"},
                 {"一条产业链", "名称"});
}

TEST_F(Cli, DrawingsAreWrittenAsPdfAndPngToo) {
  build_dadukou();
  const Words district = {"-r", "500104"};
  const std::vector<Words> calls = {{"map", "dadukou.liantu", "--segments", "4"},
                                    {"show", "dadukou.liantu", "--ego", "示例惠州", "--depth", "1"},
                                    {"chain", "dadukou.liantu", "智慧医疗装备"}};
  for (Words call : calls) {
    if (call[0] != "show") call.insert(call.end(), district.begin(), district.end());
    const auto with = [&](const Words& more) {
      Words words = call;
      words.insert(words.end(), more.begin(), more.end());
      return words;
    };
    const Ran drawn = liantu(with({"-O", "-o", "d.pdf"}));
    if (drawn.exit == 4 && drawn.err.find("apt-get") != std::string::npos) {
      GTEST_SKIP() << "Graphviz or a font is not installed";
    }
    ASSERT_EQ(drawn.exit, 0) << drawn.err;
    const std::string pdf = bytes_of(folder_ / "d.pdf");
    EXPECT_TRUE(pdf.starts_with("%PDF-"));
    EXPECT_EQ(liantu(with({"-O", "-o", "again.pdf"})).exit, 0);
    EXPECT_EQ(bytes_of(folder_ / "again.pdf"), pdf);
    ASSERT_EQ(liantu(with({"-O", "-o", "d.png", "--dpi", "50"})).exit, 0);
    EXPECT_TRUE(bytes_of(folder_ / "d.png").starts_with("\x89PNG"));
    // A resolution is no parameter of what is found, which the picture states.
    EXPECT_EQ(bytes_of(folder_ / "d.png").find("--dpi"), std::string::npos);
    expect_refused(with({"-f", "svg", "--dpi", "50"}), 2, {"--dpi", "png"}, {"--dpi", "png"});
    expect_refused(with({"-O", "-o", "d.png", "--dpi", "9"}), 2, {"10 to 1200"}, {"10 至 1200"});
    expect_refused(with({"-O", "-o", "d.png", "--limit", "picture_pixels=1000"}), 5,
                   {"--dpi", "picture_pixels"}, {"--dpi", "picture_pixels"});
    expect_refused(with({"-O", "-o", "d.pdf", "--limit", "picture_bytes=1000"}), 5,
                   {"picture_bytes"}, {"picture_bytes"});
  }
}

TEST_F(Cli, ARowIsDrawnAsACard) {
  build_dadukou();
  const Words call = {"explain",  "dadukou.liantu", "-r", "500104", "--firm",
                      "示例惠州", "--lang",         "zh", "-f"};
  const auto as = [&](const char* format) {
    Words words = call;
    words.emplace_back(format);
    return liantu(words);
  };
  const Ran svg = as("svg");
  ASSERT_EQ(svg.exit, 0) << svg.err;
  EXPECT_NE(svg.out.find("width=\"210mm\" height=\"297mm\""), std::string::npos);
  EXPECT_NE(svg.out.find("示例惠州棠础电源技术有限公司"), std::string::npos);
  EXPECT_NE(svg.out.find("供货.csv!55"), std::string::npos);
  EXPECT_TRUE(as("pdf").out.starts_with("%PDF-"));
  EXPECT_TRUE(as("png").out.starts_with("\x89PNG"));
  // Who is not on the list has no card.
  const Ran none =
      liantu({"explain", "dadukou.liantu", "-r", "500104", "--firm", "示例岚桐", "-o", "none.pdf"});
  EXPECT_EQ(none.exit, 1);
  EXPECT_FALSE(fs::exists(folder_ / "none.pdf"));
}

TEST_F(Cli, WithoutAChineseFontAPdfIsRefusedAndAnSvgIsNot) {
  build_dadukou();
  write("fonts.conf", "<?xml version=\"1.0\"?>\n<fontconfig><dir>none</dir></fontconfig>\n");
  const std::string conf = (folder_ / "fonts.conf").string();
  for (const auto& [format, exit] : {std::pair{"pdf", 4}, {"png", 4}, {"svg", 0}}) {
    const Ran ran = run({"chain", "dadukou.liantu", "智慧医疗装备", "-r", "500104", "-o",
                         std::string("board.") + format},
                        {folder_, {{"FONTCONFIG_FILE", conf}}});
    EXPECT_EQ(ran.exit, exit) << ran.err;
    EXPECT_EQ(ran.err.find("fonts-noto-cjk") != std::string::npos, exit == 4) << ran.err;
    EXPECT_EQ(fs::exists(folder_ / (std::string("board.") + format)), exit == 0);
  }
}

TEST_F(Cli, BoardOfAnEmptyChainIsDrawnAndANegativeAnswer) {
  write("empty/环节.csv", "环节,上级,类型\n空链,,chain\n书,,\n");
  write("empty/企业.csv", "企业名称,地区代码\n甲,500104\n");
  write("empty/主营.csv", "企业,环节\n甲,书\n");
  ASSERT_EQ(liantu({"build", "empty", "-o", "empty.liantu"}).exit, 0);
  EXPECT_EQ(liantu({"chain", "empty.liantu", "空链", "-r", "500104", "-o", "board.svg"}).exit, 1);
  EXPECT_NE(bytes_of(folder_ / "board.svg").find("the chain has no segments"), std::string::npos);
}

TEST_F(Cli, GapsAreChosenByKindRoundAndLeakage) {
  build_dadukou();
  const Words gaps = {"gaps", "dadukou.liantu", "-r", "500104"};
  const auto with = [&](Words more) {
    more.insert(more.begin(), gaps.begin(), gaps.end());
    return liantu(more);
  };
  EXPECT_NE(with({"--kind", "hidden"}).out.find("gaps: 15"), std::string::npos);
  EXPECT_NE(with({"--kind", "隐性缺口", "--round", "3"}).out.find("gaps: 19"), std::string::npos);
  EXPECT_EQ(with({"--kind", "hidden", "--round", "1"}).exit, 1);
  EXPECT_NE(with({"--min-leakage", "5000万"}).out.find("gaps: 4"), std::string::npos);
  EXPECT_EQ(with({"--min-leakage", "50m"}).out.find("gaps: 4 of 82"),
            with({"--min-leakage", "0.5亿"}).out.find("gaps: 4 of 82"));
  const Ran none = with({"--min-leakage", "99亿"});
  EXPECT_EQ(none.exit, 1);
  EXPECT_NE(none.out.find("none of 82 gaps matches --min-leakage 9.9 bn"), std::string::npos)
      << none.out;
  EXPECT_EQ(none.out.find("no gap"), std::string::npos) << none.out;
  EXPECT_NE(with({"--min-leakage", "1", "--top", "3"})
                .out.find("gaps: 3 of the 69 that match --min-leakage 1, out of 82\n"
                          "left out because their amount is not, or not wholly, known: 13"),
            std::string::npos);
  // Nine extensions and nine missing ones that are extensions too.
  EXPECT_NE(with({"--kind", "extension"}).out.find("gaps: 18 of 82"), std::string::npos);
  const auto refused = [&](Words more, const Words& en, const Words& zh) {
    more.insert(more.begin(), gaps.begin(), gaps.end());
    expect_refused(more, 2, en, zh);
  };
  refused({"--kind", "big"}, {"--kind big"}, {"--kind big"});
  refused({"--round", "9"}, {"--round 9"}, {"--round 9"});
  refused({"--min-leakage", "much"}, {"--min-leakage much"}, {"--min-leakage much"});
  refused({"--all"}, {"--all", "--what-if"}, {"--all", "--what-if"});
  refused({"--apart", "--what-if", "示例"}, {"do not go together"}, {"不能同用"});
  refused({"--apart", "--extend"}, {"do not go together"}, {"不能同用"});
}

TEST_F(Cli, FactorsEstimateOutputsAndNameTheirSource) {
  build_dadukou();
  write("factors.csv",
        "环节,按,每单位产值(万元/人),来源\n,staff,80,示例年鉴表13\n火箭,staff,9,x\n");
  const Words gaps = {"gaps", "dadukou.liantu", "-r", "500104"};
  const Ran ran = liantu({"gaps", "dadukou.liantu", "-r", "500104", "--factors", "factors.csv"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(ran.out.find("800000 CNY per head of staff; source: 示例年鉴表13"), std::string::npos)
      << ran.out;
  EXPECT_NE(ran.out.find("factors.csv "), std::string::npos);
  EXPECT_NE(ran.err.find("factors.csv:3:1: no segment of the graph is called"), std::string::npos)
      << ran.err;
  EXPECT_NE(ran.out, liantu(gaps).out);
  const std::string json =
      liantu({"gaps", "dadukou.liantu", "-r", "500104", "--factors", "factors.csv", "--json"}).out;
  EXPECT_NE(json.find("\"source\": \"示例年鉴表13\""), std::string::npos);
  for (const Words& verb : {Words{"rank", "dadukou.liantu"}, Words{"chain", "dadukou.liantu"},
                            Words{"diff", "dadukou.liantu", "dadukou.liantu"}}) {
    Words call = verb;
    call.insert(call.end(), {"-r", "500104", "--factors", "factors.csv"});
    EXPECT_EQ(liantu(call).exit, 0) << verb[0];
  }
}

TEST_F(Cli, FactorsMayLeaveOutputsUnestimated) {
  write("firms.csv",
        "企业名称,地区代码,主营产品,注册资本(万元)\n甲,500104,车,100\n乙,500104,投资,900\n");
  write("needs.csv", "产品,投入品,投入系数\n车,钢,0.5\n投资,钢,0.5\n");
  ASSERT_EQ(liantu({"build", "firms.csv", "needs.csv", "-o", "t.liantu"}).exit, 0);
  write("factors.csv", "环节,按,每单位产值,来源\n,capital,1,假设\n投资,无,,持有而不生产\n");
  const Words gaps = {"gaps", "t.liantu", "-r", "500104", "--factors", "factors.csv", "--apart"};
  const Ran ran = liantu(gaps);
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(ran.out.find("local firms whose outputs are left unestimated: 1, makers of 投资; "
                         "source: 持有而不生产"),
            std::string::npos)
      << ran.out;
  EXPECT_NE(ran.out.find("the last 1 stand apart"), std::string::npos) << ran.out;
  Words json = gaps;
  json.push_back("--json");
  const std::string found = liantu(json).out;
  EXPECT_NE(found.find("\"per\": \"none\""), std::string::npos);
  EXPECT_NE(found.find("\"demand\": 500000,"), std::string::npos) << found;
}

TEST_F(Cli, FactorsThatCannotBeTrustedAreRefused) {
  build_dadukou();
  write("factors.csv", "按,每单位产值,来源\nstaff,-8,\n");
  expect_refused({"gaps", "dadukou.liantu", "-r", "500104", "--factors", "factors.csv"}, 3,
                 {"factors.csv:2:7: the factor \"-8\" is not a number above 0", "has no source"},
                 {"factors.csv:2:7：产值系数“-8”", "没有来源"});
  expect_refused({"gaps", "dadukou.liantu", "-r", "500104", "--factors", "none.csv"}, 4,
                 {"none.csv"}, {"none.csv"});
  expect_refused({"gaps", "dadukou.liantu", "-r", "500104", "--factors", "factors.csv", "-O", "-o",
                  "factors.csv"},
                 2, {"factors.csv is an input"}, {"factors.csv 是输入文件"});
}

TEST_F(Cli, GapsSayHowCriticalTheyAre) {
  build_dadukou();
  const std::string json = liantu({"gaps", "dadukou.liantu", "-r", "500104", "--json"}).out;
  for (const char* member : {"\"criticality\": ", "\"criticality_known\": ", "\"ubiquitous\": ",
                             "\"critical_path\": ", "\"need_weight\": ", "\"weighted\": "}) {
    EXPECT_NE(json.find(member), std::string::npos) << member;
  }
}

TEST_F(Cli, GapsShowDirectionsToExtendInto) {
  build_dadukou();
  const Ran ran = liantu({"gaps", "dadukou.liantu", "-r", "500104", "--extend", "--top", "3"});
  EXPECT_EQ(ran.exit, 0) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("relatedness density"), std::string::npos) << ran.out;
  EXPECT_NE(liantu({"gaps", "dadukou.liantu", "-r", "500104", "--extend", "--json"})
                .out.find("liantu.directions/1"),
            std::string::npos);
  expect_refused({"gaps", "dadukou.liantu", "-r", "500104", "--extend", "--kind", "weak"}, 2,
                 {"--extend and --kind"}, {"--extend 与 --kind"});
  write("few/主营.csv", "企业,环节\n甲厂,车\n");
  write("few/企业.csv", "企业名称,地区代码\n甲厂,500104\n");
  ASSERT_EQ(liantu({"build", "few", "-o", "few.liantu"}).exit, 0);
  const Ran few = liantu({"gaps", "few.liantu", "-r", "500104", "--extend"});
  EXPECT_EQ(few.exit, 1);
  EXPECT_NE(few.out.find("at least 30 districts"), std::string::npos) << few.out;
}

TEST_F(Cli, GapsOfEachDistrictAreOneTable) {
  write("t/企业.csv", "企业名称,地区代码\n甲厂,500104\n乙厂,500106\n丙厂,440305\n");
  write("t/主营.csv", "企业,环节,产值\n甲厂,车,100\n乙厂,钢,10\n丙厂,车,900\n");
  write("t/需要.csv", "产品,投入品,投入系数\n车,钢,0.5\n车,胎,0.1\n");
  ASSERT_EQ(liantu({"build", "t", "-o", "t.liantu"}).exit, 0);
  const Ran country = liantu({"gaps", "t.liantu", "--each-district", "-f", "csv", "-n", "1"});
  EXPECT_EQ(country.exit, 0) << country.err;
  for (const char* row :
       {"广东省深圳市南山区,1,1,2,0,0,0,1,钢,", "重庆市大渡口区,1,1,2,0,0,0,1,钢,",
        "重庆市沙坪坝区,1,1,0,0,0,1,1,车,", "gaps: 3 of 5"}) {
    EXPECT_NE(country.out.find(row), std::string::npos) << row << '\n' << country.out;
  }
  const Ran city = liantu({"gaps", "t.liantu", "--each-district", "-r", "50", "--json"});
  EXPECT_EQ(city.exit, 0) << city.err;
  EXPECT_NE(city.out.find("liantu.gap_survey/1"), std::string::npos) << city.out;
  EXPECT_EQ(city.out.find("440305"), std::string::npos) << city.out;
  EXPECT_EQ(liantu({"gaps", "t.liantu", "--each-district", "-r", "500106"}).exit, 0);
  expect_refused({"gaps", "t.liantu", "--each-district", "-r", "51"}, 1, {"no firm is known"},
                 {"没有已知所在区县的企业"});
  expect_refused({"gaps", "t.liantu", "--each-district", "--what-if", "甲厂"}, 2,
                 {"--each-district and --what-if"}, {"--each-district 与 --what-if"});
  expect_refused({"gaps", "t.liantu", "--each-district", "--kind", "weak"}, 2,
                 {"--each-district and --kind"}, {"--each-district 与 --kind"});
  // Where nobody needs anything the answer is negative.
  write("none/企业.csv", "企业名称,地区代码\n甲厂,500104\n");
  ASSERT_EQ(liantu({"build", "none", "-o", "none.liantu"}).exit, 0);
  EXPECT_EQ(liantu({"gaps", "none.liantu", "--each-district"}).exit, 1);
}

TEST_F(Cli, GapsReckonTheTotalRequirementOfFinalSales) {
  write("t/企业.csv", "企业名称,地区代码,龙头\n甲厂,500104,是\n");
  write("t/主营.csv", "企业,环节\n甲厂,车\n");
  write("t/需要.csv", "产品,投入品,投入系数\n车,钢,0.5\n钢,钢,0.2\n");
  ASSERT_EQ(liantu({"build", "t", "-o", "t.liantu"}).exit, 0);
  // 钢 = 0.5 · 800 + 0.2 钢 = 500.
  const Ran ran =
      liantu({"gaps", "t.liantu", "-r", "500104", "--final-sales", "800万", "-f", "csv"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(ran.out.find("2,钢,5000000,,stated"), std::string::npos) << ran.out;
  // Nothing is known of the sales.
  EXPECT_EQ(liantu({"gaps", "t.liantu", "-r", "500104", "--final-sales", "known"}).exit, 1);
  expect_refused({"gaps", "t.liantu", "-r", "500104", "--final-sales", "much"}, 2,
                 {"--final-sales much"}, {"--final-sales much"});
  expect_refused({"gaps", "t.liantu", "-r", "500104", "--final-sales", "5", "--extend"}, 2,
                 {"do not go together"}, {"不能同用"});
  write("t/需要.csv", "产品,投入品,投入系数\n车,钢,0.5\n钢,铁,0.9\n铁,钢,1.2\n");
  ASSERT_EQ(liantu({"build", "t", "-O", "-o", "t.liantu"}).exit, 0);
  expect_refused({"gaps", "t.liantu", "-r", "500104", "--final-sales", "800万"}, 3,
                 {"钢 · 铁", "spectral radius"}, {"钢 · 铁", "谱半径"});
}

TEST_F(Cli, WhatIfSaysWhichGapsAFirmMoves) {
  build_dadukou();
  const Ran comes = liantu({"gaps", "dadukou.liantu", "-r", "500104", "--what-if", "示例惠州"});
  EXPECT_EQ(comes.exit, 0) << comes.err;
  EXPECT_NE(comes.out.find("shrunk  开关电源模块"), std::string::npos) << comes.out;
  // Who comes and what moves stands above the rows.
  EXPECT_LT(comes.out.find("comes: 示例惠州"), comes.out.find("shrunk  "));
  EXPECT_LT(comes.out.find("opened: 0; closed: 0"), comes.out.find("shrunk  "));
  const Ran leaves = liantu({"gaps", "dadukou.liantu", "-r", "500104", "--what-if=-示例璟澈"});
  EXPECT_NE(leaves.out.find("grown   干面"), std::string::npos) << leaves.out;
  EXPECT_NE(liantu({"gaps", "dadukou.liantu", "-r", "500104", "--what-if=-示例璟澈", "--all"})
                .out.find("same"),
            std::string::npos);
  expect_refused({"gaps", "dadukou.liantu", "-r", "500104", "--what-if", "示例璟澈"}, 2,
                 {"cannot come"}, {"不能再引入"});
}

TEST_F(Cli, WhatIfTakesFirmsOfNoTable) {
  build_dadukou();
  const auto gaps = [&](Words more) {
    more.insert(more.begin(), {"gaps", "dadukou.liantu", "-r", "500104"});
    return more;
  };
  const Ran table = liantu(gaps({"--what-if", "+示例新面粉厂:小麦粉=3亿", "--lang", "zh"}));
  EXPECT_EQ(table.exit, 0) << table.err;
  EXPECT_NE(table.out.find("引进：示例新面粉厂（假设，不在表中），年产值：小麦粉 "
                           "3亿元（估算，来源：what-if）"),
            std::string::npos)
      << table.out;
  EXPECT_NE(table.out.find("缩小  小麦粉"), std::string::npos);
  EXPECT_NE(table.out.find("扩大  小麦 "), std::string::npos);
  // Typed with wide signs, in several parts, as an anchor, with one that leaves.
  const Ran json =
      liantu(gaps({"--what-if", " ＋示例新面粉厂：小麦粉＝3亿；玻璃纤维 = 500万；龙头；",
                   "--what-if=-示例璟澈", "--json"}));
  EXPECT_EQ(json.exit, 0) << json.err;
  rapidjson::Document d;
  ASSERT_FALSE(d.Parse(json.out.data(), json.out.size()).HasParseError());
  ASSERT_EQ(d["firms"].Size(), 3U);
  EXPECT_STREQ(d["firms"][0]["firm"].GetString(), "示例新面粉厂");
  EXPECT_EQ(d["firms"][0]["output"].GetDouble(), 3e8);
  EXPECT_STREQ(d["firms"][0]["basis"].GetString(), "estimated");
  EXPECT_STREQ(d["firms"][0]["anchor"].GetString(), "yes");
  EXPECT_EQ(d["firms"][1]["output"].GetDouble(), 5e6);
  EXPECT_STREQ(d["firms"][2]["move"].GetString(), "leaves");
  EXPECT_EQ(liantu(gaps({"--what-if", "甲:小麦粉=1亿", "-o", "x.csv"})).exit, 0);
  EXPECT_NE(bytes_of(folder_ / "x.csv").find("comes: 甲, assumed"), std::string::npos);
  // Rows are chosen as those of gaps are.
  const Ran few = liantu(gaps({"--what-if", "甲:玻璃纤维=1亿", "--kind", "missing", "-n", "2"}));
  EXPECT_NE(few.out.find("changes: 2 of 5"), std::string::npos) << few.out;
  const Ran none = liantu(gaps({"--what-if", "甲:玻璃纤维=1亿", "--min-leakage", "90亿"}));
  EXPECT_NE(none.out.find("nothing to list"), std::string::npos) << none.out;

  const auto refused = [&](const std::string& words, const Words& en, const Words& zh) {
    expect_refused(gaps({"--what-if=" + words}), 2, en, zh);
  };
  refused("+甲:小面粉=3亿", {"\"小面粉\"", "alike: 小麦粉"}, {"“小面粉”", "相近的有 小麦粉"});
  refused("+甲:智慧医疗装备=3亿", {"is a chain", "name a segment"}, {"是产业链", "请写其中的环节"});
  refused("+甲:小麦粉", {"小麦粉 has no output", "小麦粉=3亿"}, {"“小麦粉”没有产值", "小麦粉=3亿"});
  refused("+甲:小麦粉=-3", {"not above 0"}, {"应大于 0"});
  refused("+甲:小麦粉=3美元", {"not in CNY"}, {"不是人民币"});
  refused("+甲:小麦粉=三车", {"not an amount", "between products"}, {"不是金额", "分号"});
  refused("+甲:小麦粉=1;小麦粉=2", {"stands twice"}, {"写了两次"});
  refused("+甲小麦粉=3", {"no colon"}, {"缺冒号"});
  refused("+:小麦粉=3", {"has no name"}, {"没有企业名称"});
  refused("+甲:;", {"makes nothing"}, {"没有产品"});
  refused("-甲:小麦粉=3", {"can leave", "its name alone"}, {"移除", "只写名称"});
  refused("+甲", {"no firm is called \"甲\"", "+NAME:SEGMENT=AMOUNT"}, {"“甲”", "+名称:环节=产值"});
  refused("+示例璟澈粮食制品有限公司:小麦粉=3亿", {"is a firm of the tables"}, {"已在表中"});
}

TEST_F(Cli, WhatIfTakesTheSameFilters) {
  build_dadukou();
  const auto changes = [&](Words more) {
    more.insert(more.begin(), {"gaps", "dadukou.liantu", "-r", "500104", "--what-if", "示例惠州"});
    return liantu(more).out;
  };
  const std::string hidden = changes({"--kind", "hidden"});
  EXPECT_NE(hidden.find("grown"), std::string::npos) << hidden;
  EXPECT_EQ(hidden.find("开关电源模块"), std::string::npos) << hidden;
  EXPECT_NE(hidden.find("only changes that match --kind hidden"), std::string::npos) << hidden;
  EXPECT_NE(changes({"--top", "1"}).find("changes: 1 of "), std::string::npos);
  EXPECT_EQ(changes({"--min-leakage", "10m"}).find("稀土永磁材料"), std::string::npos);
  EXPECT_EQ(changes({"--anchor", "澜珩"}).find("稀土永磁材料"), std::string::npos);
}

TEST_F(Cli, GapsByCriticalityStandInItsOrder) {
  build_dadukou();
  const Ran ran = liantu(
      {"gaps", "dadukou.liantu", "-r", "500104", "--by", "criticality", "--top", "2", "-f", "csv"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  // Losing glass fibre stops the largest of the anchors and with it most of their output.
  EXPECT_NE(ran.out.find("\r\n1,玻璃纤维,"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("all need of it passes through"), std::string::npos);
}

TEST_F(Cli, DiffComparesTheGapsOfTwoGraphs) {
  build_dadukou();
  const Ran same = liantu({"diff", "dadukou.liantu", "dadukou.liantu", "-r", "500104"});
  EXPECT_EQ(same.exit, 0) << same.err;
  EXPECT_NE(
      same.out.find("opened: 0; closed: 0; no longer needed: 0; grown: 0; shrunk: 0; the same: 82"),
      std::string::npos)
      << same.out;
  expect_refused({"diff", "dadukou.liantu", "-r", "500104"}, 2, {"input file"}, {"输入文件"});
}

// ---- show ----

TEST_F(Cli, ShowCountsByKindAndTheBytesOfItsPartsAddUpToTheFile) {
  build_dadukou();
  rapidjson::Document d;
  const Ran ran = liantu({"show", "dadukou.liantu", "--stats", "--json"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  ASSERT_FALSE(d.Parse(ran.out.data(), ran.out.size()).HasParseError());
  EXPECT_STREQ(d["schema"].GetString(), "liantu.show/1");
  EXPECT_TRUE(d["parameters"].ObjectEmpty());
  const auto file = static_cast<double>(bytes_of(folder_ / "dadukou.liantu").size());
  double parts = 0;
  double supplies = 0;
  for (const auto& part : d["parts"].GetArray()) {
    parts += part["bytes"].GetDouble();
    if (std::string_view(part["part"].GetString()) == "supplies") {
      supplies += part["bytes"].GetDouble();
    }
  }
  EXPECT_EQ(parts, file);
  EXPECT_EQ(d["totals"][0]["bytes"].GetDouble(), file);
  ASSERT_EQ(d["kinds"].Size(), 15U);
  double entities = 0;
  double relations = 0;
  for (const auto& kind : d["kinds"].GetArray()) {
    const bool entity = std::string_view(kind["is"].GetString()) == "entity";
    (entity ? entities : relations) += kind["count"].GetDouble();
    if (std::string_view(kind["kind"].GetString()) != "supplies") continue;
    EXPECT_EQ(kind["bytes"].GetDouble(), supplies);
    EXPECT_NEAR(kind["bytes_each"].GetDouble(), supplies / kind["count"].GetDouble(), 1e-6);
  }
  EXPECT_EQ(d["totals"][0]["entities"].GetDouble(), entities);
  EXPECT_EQ(d["totals"][0]["relations"].GetDouble(), relations);
}

TEST_F(Cli, ShowSpeaksBothLanguagesAndIsShortUnlessAsked) {
  write("企业.csv", "企业名称\n甲\n乙\n");
  write("供货.csv", "供应商,客户\n甲,乙\n");
  ASSERT_EQ(liantu({"build", ".", "-o", "x.liantu"}).exit, 0);
  const std::string zh = liantu({"show", "x.liantu", "--lang", "zh"}).out;
  for (const char* words : {"实体  企业     2\n", "关系  供货     1\n", "实体 2 个；关系 1 条"}) {
    EXPECT_NE(zh.find(words), std::string::npos) << words << '\n' << zh;
  }
  const std::string en = liantu({"show", "x.liantu"}).out;
  EXPECT_NE(en.find("relation  supplies          1\n"), std::string::npos) << en;
  EXPECT_EQ(en.find("out-edges"), std::string::npos) << en;
  const std::string stats = liantu({"show", "x.liantu", "--stats"}).out;
  EXPECT_NE(stats.find("out-edges"), std::string::npos) << stats;
  const std::string stats_zh = liantu({"show", "x.liantu", "--stats", "--lang", "zh"}).out;
  EXPECT_NE(stats_zh.find("出边"), std::string::npos) << stats_zh;
  // A table a file: the finer one.
  EXPECT_TRUE(
      liantu({"show", "x.liantu", "-f", "csv"}).out.starts_with("\xEF\xBB\xBFis,kind,count"));
  EXPECT_TRUE(liantu({"show", "x.liantu", "-f", "csv", "--stats"})
                  .out.starts_with("\xEF\xBB\xBFpart,columns,bytes"));
}

TEST_F(Cli, ShowListsAndDrawsWhatLiesAroundAFirm) {
  write("企业.csv", "企业名称\n甲\n乙\n丙\n丁\n");
  write("供货.csv", "供应商,客户\n甲,乙\n乙,丙\n丙,丁\n");
  ASSERT_EQ(liantu({"build", ".", "-o", "x.liantu"}).exit, 0);
  const Words around = {"show", "x.liantu", "--ego", "甲"};
  const auto with = [&](const Words& more) {
    Words words = around;
    words.insert(words.end(), more.begin(), more.end());
    return words;
  };
  rapidjson::Document d;
  const Ran all = liantu(with({"--relation", "供货", "--json"}));
  ASSERT_FALSE(d.Parse(all.out.data(), all.out.size()).HasParseError());
  EXPECT_STREQ(d["schema"].GetString(), "liantu.ego/1");
  ASSERT_EQ(d["members"].Size(), 3U);
  EXPECT_STREQ(d["members"][2]["name"].GetString(), "丙");
  EXPECT_EQ(d["members"][2]["distance"].GetInt(), 2);
  EXPECT_TRUE(d["members"][2]["region"].IsNull());
  ASSERT_EQ(d["links"].Size(), 2U);
  EXPECT_STREQ(d["links"][0]["relation"].GetString(), "supplies");
  EXPECT_EQ(d["links"][1]["to_id"].GetInt(), d["members"][2]["id"].GetInt());
  EXPECT_STREQ(d["totals"][0]["cut"].GetString(), "no");

  EXPECT_NE(liantu(with({"--most", "2"})).out.find("only the nearest 2 entities"),
            std::string::npos);
  const Ran drawn = liantu(with({"--most", "2", "-o", "甲.dot", "--lang", "zh"}));
  EXPECT_EQ(drawn.exit, 0);
  EXPECT_NE(drawn.err.find("只列出最近的 2 个实体"), std::string::npos) << drawn.err;
  const std::string dot = bytes_of(folder_ / "甲.dot");
  EXPECT_NE(dot.find("n0 -> n1 [label=\"供货\"]"), std::string::npos) << dot;

  expect_refused(with({"--most", "0"}), 2, {"--most 0"}, {"--most 0"});
  expect_refused(with({"--depth", "-1"}), 2, {"--depth -1"}, {"--depth -1"});
  expect_refused(with({"--relation", "likes"}), 2, {"likes", "not a relation"}, {"没有这种关系"});
  expect_refused(with({"--stats"}), 2, {"--stats and --ego"}, {"--stats 与 --ego"});
  EXPECT_TRUE(liantu(with({"-f", "csv"}))
                  .out.starts_with("\xEF\xBB\xBF"
                                   "from,relation,to"));
  expect_refused({"show", "x.liantu", "--depth", "1"}, 2, {"--depth", "--ego"}, {"--depth"});
  expect_refused({"show", "x.liantu", "--ego", "戊"}, 2, {"--ego", "戊"}, {"--ego", "戊"});
}

TEST_F(Cli, WhatLiesAroundAFirmCanBeNarrowedByDateConfidenceAndSegment) {
  write("企业.csv", "企业名称\n甲\n乙\n丙\n丁\n戊\n");
  write("环节.csv", "环节\n电池\n电机\n");
  write("供货.csv",
        "供应商,客户,环节,开始日期,截止日期,置信度\n"
        "甲,乙,电池,2015,2018,1\n"
        "甲,丙,电池,2020-06,,0.5\n"
        "甲,丁,电机,2020-06,,1\n"
        "甲,戊,,,,1\n");
  ASSERT_EQ(liantu({"build", ".", "-o", "x.liantu"}).exit, 0);
  const auto reached = [&](const Words& more) {
    Words words = {"show", "x.liantu", "--ego", "甲", "--json"};
    words.insert(words.end(), more.begin(), more.end());
    const Ran ran = liantu(words);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    rapidjson::Document d;
    EXPECT_FALSE(d.Parse(ran.out.data(), ran.out.size()).HasParseError());
    std::string names;
    for (const auto& member : d["members"].GetArray()) names += member["name"].GetString();
    return names;
  };
  EXPECT_EQ(reached({}), "甲乙丙丁戊");
  EXPECT_EQ(reached({"--from", "2019"}), "甲丙丁");
  EXPECT_EQ(reached({"--from", "2019", "--undated"}), "甲丙丁戊");
  EXPECT_EQ(reached({"--to", "2020-05"}), "甲乙");
  EXPECT_EQ(reached({"--from", "2018", "--to", "2018年12月"}), "甲乙");
  EXPECT_EQ(reached({"--min-confidence", "0.8"}), "甲乙丁戊");
  EXPECT_EQ(reached({"--segment", "电池"}), "甲乙丙");
  EXPECT_EQ(reached({"--segment", "机"}), "甲丁") << "part of a name that fits one only";
  EXPECT_EQ(reached({"--segment", "电池", "--from", "2019", "--min-confidence", "0.8"}), "甲");
  const std::string dot =
      liantu({"show", "x.liantu", "--ego", "甲", "--to", "2018", "-f", "dot"}).out;
  EXPECT_NE(dot.find("乙"), std::string::npos) << dot;
  EXPECT_EQ(dot.find("丙"), std::string::npos) << dot;

  const auto with = [](const Words& more) {
    Words words = {"show", "x.liantu", "--ego", "甲"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  };
  expect_refused(with({"--from", "soon"}), 2, {"--from soon", "not a date"},
                 {"--from soon", "不是日期"});
  expect_refused(with({"--from", "2020", "--to", "2019"}), 2, {"2020", "2019"}, {"2020", "2019"});
  expect_refused(with({"--min-confidence", "2"}), 2, {"2", "[0, 1]"}, {"2", "0 到 1"});
  expect_refused(with({"--undated"}), 2, {"--undated", "--from"}, {"--undated", "--from"});
  expect_refused(with({"--segment", "电"}), 2, {"--segment", "fits 2 segments"}, {"对应 2 个环节"});
  expect_refused(with({"--segment", "隔膜"}), 2, {"no segment is called"},
                 {"没有名为“隔膜”的环节"});
  expect_refused({"show", "x.liantu", "--from", "2020"}, 2, {"--from", "--ego"}, {"--from"});
}

TEST_F(Cli, NothingFoundIsSaidAndNegative) {
  write("企业.csv", "企业名称,地区代码\n甲,500104\n");
  ASSERT_EQ(liantu({"build", "企业.csv", "-o", "x.liantu"}).exit, 0);
  const Ran gaps = liantu({"gaps", "x.liantu", "-r", "500104"});
  EXPECT_EQ(gaps.exit, 1);
  EXPECT_NE(gaps.out.find("no gap is known: "), std::string::npos) << gaps.out;
  const Ran rank = liantu({"rank", "x.liantu", "-r", "500104", "--lang", "zh"});
  EXPECT_EQ(rank.exit, 1);
  EXPECT_NE(rank.out.find("没有可补本地缺口的企业"), std::string::npos) << rank.out;
  EXPECT_EQ(liantu({"rank", "x.liantu", "-r", "500104", "--json"}).exit, 1);
}

TEST_F(Cli, ANameWithControlCharactersReachesNoOutput) {
  write("企业.csv", "企业名称,地区代码\n\x1b[31m甲,500104\n");
  write("环节.csv", "环节,上级\n\x1b[2J乙,\n丙,\n");
  write("需要.csv", "产品,投入品,投入系数\n丙,\x1b[2J乙,0.1\n");
  write("主营.csv", "企业,环节,产值(万元)\n\x1b[31m甲,丙,100\n");
  const Ran build = liantu({"build", ".", "-o", "x.liantu"});
  ASSERT_EQ(build.exit, 0) << build.err;
  for (const Words& call :
       std::vector<Words>{{"check", "."},
                          {"gaps", "x.liantu", "-r", "500104"},
                          {"gaps", "x.liantu", "-r", "500104", "-f", "csv"},
                          {"explain", "x.liantu", "-r", "500104", "--firm", "甲"}}) {
    const Ran ran = liantu(call);
    EXPECT_EQ((ran.out + ran.err).find('\x1b'), std::string::npos) << call.front();
  }
}

TEST_F(Cli, RefusesOutputThatCannotBeWritten) {
  build_dadukou();
  for (const Words& call : std::vector<Words>{
           {"build", dadukou(), "-o", "missing/x"},
           {"synth", "--relations", "10000", "-o", "missing/x"},
           {"gaps", "dadukou.liantu", "-r", "500104", "-f", "csv", "-o", "missing/x"},
           {"map", "dadukou.liantu", "-r", "500104", "-f", "dot", "-o", "missing/x"}}) {
    expect_refused(call, 4, {"missing/x", "folder does not exist"}, {"missing/x", "文件夹不存在"});
  }
  write("file", "");
  expect_refused({"gaps", "dadukou.liantu", "-r", "500104", "-o", "file/x.csv"}, 4, {"file/x.csv"},
                 {"file/x.csv"});
  expect_refused({"demo", "--data", dadukou(), "-o", "file/demo"}, 4, {"file/demo"}, {"file/demo"});
  EXPECT_EQ(names(), (Words{"dadukou.liantu", "file"}));
}

TEST_F(Cli, AFullDiskBehindStandardOutputIsAnError) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "this system has no /dev/full";
  build_dadukou();
  for (const Words& call : std::vector<Words>{{"gaps", "dadukou.liantu", "-r", "500104"},
                                              {"map", "dadukou.liantu", "-r", "500104"},
                                              {"build", dadukou(), "-o", "x.liantu", "--json"},
                                              {"--help"}}) {
    const Ran ran = run(call, {folder_, {}, "/dev/full"});
    EXPECT_EQ(ran.exit, 4) << call.front();
    EXPECT_NE(ran.err.find("standard output: cannot be written: the disk is full"),
              std::string::npos)
        << ran.err;
  }
}

TEST_F(Cli, WithoutGraphvizSaysWhatToInstall) {
  build_dadukou();
  fs::create_directory(folder_ / "empty");
  const std::string no_programs = folder_ / "empty";
  for (const auto& [language, words] :
       {std::pair("en", "is not installed; apt-get install graphviz"),
        std::pair("zh", "请执行 apt-get install graphviz")}) {
    const Ran ran =
        run({"map", "dadukou.liantu", "-r", "500104", "-o", "x.svg", "--lang", language},
            {folder_, {{"PATH", no_programs}}});
    EXPECT_EQ(ran.exit, 4);
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.err.find(words), std::string::npos) << ran.err;
  }
  EXPECT_EQ(names(), (Words{"dadukou.liantu", "empty"}));
  const Ran dot = run({"map", "dadukou.liantu", "-r", "500104", "-o", "x.dot"},
                      {folder_, {{"PATH", no_programs}}});
  EXPECT_EQ(dot.exit, 0) << dot.err;
}

// ---- problems ----

const std::string_view kBadRow =
    "企业名称,地区代码,注册资本(万元)\n甲公司,500104,100\n乙公司,500104,若干\n";

TEST_F(Cli, APlainListOfEdgesIsReadInsteadOfTables) {
  write("edges.txt", "1 2\n2 1\n2 3\n3 3\n");
  const Ran ran = liantu({"build", "--edges", "edges.txt", "-o", "x.liantu", "--json"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(ran.out.find("\"supplies\": 3"), std::string::npos) << ran.out;
  const Ran undirected =
      liantu({"build", "--edges", "edges.txt", "--undirected", "-o", "x.liantu", "-O", "--json"});
  EXPECT_NE(undirected.out.find("\"supplies\": 2"), std::string::npos) << undirected.out;
  expect_refused({"build", "edges.txt", "--undirected", "-o", "y.liantu"}, 2, {"--edges FILE"},
                 {"--edges 文件"});
  expect_refused({"build", "--edges", "none.txt", "-o", "y.liantu"}, 4, {"none.txt", "not exist"},
                 {"none.txt", "不存在"});
  write("empty.txt", "# nothing\n");
  expect_refused({"build", "--edges", "empty.txt", "-o", "y.liantu"}, 3, {"there is no edge in it"},
                 {"没有一条边"});
  EXPECT_EQ(names(), (Words{"edges.txt", "empty.txt", "x.liantu"}));
}

TEST_F(Cli, StrictWritesNoGraphWhenAValueCannotBeUsed) {
  write("企业.csv", kBadRow);
  expect_refused({"build", "企业.csv", "-o", "x.liantu", "--strict"}, 3, {"1 rows", "--strict"},
                 {"1 处", "--strict"});
  EXPECT_EQ(names(), Words{"企业.csv"});
  EXPECT_EQ(liantu({"build", "企业.csv", "-o", "x.liantu"}).exit, 0);
  EXPECT_EQ(names(), (Words{"x.liantu", "企业.csv"}));
}

TEST_F(Cli, StrictDoesNotMindNotes) {
  // The district's tables give three notes and nothing worse.
  const Ran ran = liantu({"build", dadukou(), "-o", "x.liantu", "--strict", "--json"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  rapidjson::Document summary;
  ASSERT_FALSE(summary.Parse(ran.out.data(), ran.out.size()).HasParseError()) << ran.out;
  EXPECT_EQ(summary["errors"].GetInt(), 0);
  EXPECT_EQ(summary["warnings"].GetInt(), 0);
  EXPECT_EQ(summary["notes"].GetInt(), 3);
}

TEST_F(Cli, ProblemsGoToAFileOfThreeFormats) {
  write("企业.csv", kBadRow);
  for (const char* name : {"p.csv", "p.json", "p.txt"}) {
    const Ran ran = liantu({"build", "企业.csv", "-o", "x.liantu", "-O", "--problems", name});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    const std::string content = bytes_of(folder_ / name);
    EXPECT_NE(content.find("企业.csv"), std::string::npos) << content;
    EXPECT_NE(content.find("若干"), std::string::npos) << content;
  }
  rapidjson::Document problems;
  const std::string json = bytes_of(folder_ / "p.json");
  ASSERT_FALSE(problems.Parse(json.data(), json.size()).HasParseError()) << json;
  EXPECT_STREQ(problems["schema"].GetString(), "liantu.problems/1");
  ASSERT_EQ(problems["problems"].Size(), 1U);
  const auto& problem = problems["problems"][0];
  EXPECT_EQ(problem["row"].GetInt(), 3);
  EXPECT_EQ(problem["line"].GetInt(), 3);
  EXPECT_EQ(problem["column"].GetInt(), 12);  // behind 乙公司,500104, (11 characters)
  EXPECT_STREQ(problem["value"].GetString(), "若干");
  EXPECT_TRUE(problem["what"]["en"].IsString());
  EXPECT_TRUE(problem["what"]["zh"].IsString());
  EXPECT_TRUE(problem["remedy"]["zh"].IsString());
}

TEST_F(Cli, CheckIsNegativeOnlyWhenSomethingCannotBeUsed) {
  write("企业.csv", kBadRow);
  for (const char* language : {"en", "zh"}) {
    const Ran bad = liantu({"check", "企业.csv", "--lang", language});
    EXPECT_EQ(bad.exit, 1);
    EXPECT_NE(bad.out.find("若干"), std::string::npos) << bad.out;
    EXPECT_NE(bad.out.find("企业.csv"), std::string::npos) << bad.out;
    const Ran good = liantu({"check", dadukou(), "--lang", language});
    EXPECT_EQ(good.exit, 0) << good.err;
    EXPECT_EQ(good.out, "");
  }
  const Ran notes = liantu({"check", dadukou(), "--notes"});
  EXPECT_EQ(notes.exit, 0);
  EXPECT_NE(notes.out, "");
  const Ran json = liantu({"check", "企业.csv", "--json"});
  EXPECT_EQ(json.exit, 1);
  rapidjson::Document problems;
  ASSERT_FALSE(problems.Parse(json.out.data(), json.out.size()).HasParseError()) << json.out;
  EXPECT_EQ(problems["problems"].Size(), 3U);  // and both firms stand alone
  EXPECT_EQ(names(), Words{"企业.csv"});
}

TEST_F(Cli, FormatsListsFormatsAndHeadings) {
  for (const char* language : {"en", "zh"}) {
    const Ran ran = liantu({"formats", "--lang", language});
    EXPECT_EQ(ran.exit, 0);
    for (const char* word : {"csv", "jsonl", "svg", "liantu", "企业名称", "credit_code", "万元",
                             "35%", "GB18030", "2006-05"}) {
      EXPECT_NE(ran.out.find(word), std::string::npos) << word;
    }
  }
  const Ran csv = liantu({"formats", "-f", "csv"});
  EXPECT_EQ(csv.exit, 0);
  EXPECT_TRUE(csv.out.starts_with("\xEF\xBB\xBF")) << csv.out.substr(0, 40);
}

TEST_F(Cli, ASyntheticCountryIsMadeAndCanBeExamined) {
  const Ran ran =
      liantu({"synth", "--relations", "10000", "--seed", "7", "-o", "x.liantu", "--json"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  rapidjson::Document summary;
  ASSERT_FALSE(summary.Parse(ran.out.data(), ran.out.size()).HasParseError()) << ran.out;
  EXPECT_STREQ(summary["schema"].GetString(), "liantu.synth/1");
  EXPECT_EQ(summary["parameters"]["relations"].GetDouble(), 10'000);
  EXPECT_EQ(summary["parameters"]["seed"].GetDouble(), 7);
  double relations = 0;
  for (const auto& row : summary["counts"].GetArray()) {
    const std::string what = row["what"].GetString();
    if (what != "firm" && what != "segment") relations += row["count"].GetDouble();
  }
  EXPECT_EQ(relations, 10'000);
  // It says where to look.
  const std::size_t at = ran.err.find("--region ");
  ASSERT_NE(at, std::string::npos) << ran.err;
  const Ran gaps = liantu({"gaps", "x.liantu", "-r", ran.err.substr(at + 9, 6)});
  EXPECT_EQ(gaps.exit, 0) << gaps.err;
  EXPECT_NE(gaps.out.find("示例产品"), std::string::npos) << gaps.out;

  const std::string first = bytes_of(folder_ / "x.liantu");
  ASSERT_EQ(
      liantu({"synth", "--relations", "10000", "--seed", "7", "-o", "x", "--lang", "zh"}).exit, 0);
  EXPECT_EQ(bytes_of(folder_ / "x"), first);
}

TEST_F(Cli, ARowThatNamesTwoUnknownFirmsIsOneRow) {
  write("企业.csv", "企业名称\n甲\n");
  write("供货.csv", "供应商,客户\n乙,丙\n丁,戊\n甲,己\n");
  const Ran ran = liantu({"build", "企业.csv", "供货.csv", "-o", "x.liantu", "--lang", "zh"});
  EXPECT_NE(ran.err.find("未采用的行：未知企业 3\n"), std::string::npos) << ran.err;
}

// ---- interrupts ----

TEST_F(Cli, AnInterruptEndsTheMakingOfACountryAndLeavesNothing) {
  Started program({"synth", "--relations", "100000000", "-o", "x.liantu", "--lang", "zh"},
                  {folder_, {}});
  ASSERT_TRUE(program.wait_until_interruptible());
  program.send(SIGINT);
  const Ran ran = program.wait();
  EXPECT_EQ(ran.exit, 130) << "signal " << ran.signal << '\n' << ran.err;
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("被中断"), std::string::npos) << ran.err;
  EXPECT_EQ(names(), Words{});
}

TEST_F(Cli, AnInterruptEndsALongBuildAndLeavesNothing) {
  // Long enough that the signal comes in the middle, whatever the machine.
  constexpr int kFirms = 300'000;
  {
    std::ofstream file(folder_ / "企业.csv", std::ios::binary);
    file << "企业名称,地址,注册资本(万元),经营范围\n";
    for (int i = 0; i < kFirms; ++i) {
      file << "重庆第" << i << "号机械有限公司,重庆市大渡口区示例路" << i << "号," << 10 + i % 90
           << ",加工、销售：橡胶制品、塑料制品、汽车零部件；货物进出口\n";
    }
  }
  for (const int signal : {SIGINT, SIGTERM}) {
    Started program({"build", "企业.csv", "-o", "x.liantu", "--lang", "zh"}, {folder_, {}});
    ASSERT_TRUE(program.wait_until_interruptible());
    program.send(signal);
    const Ran ran = program.wait();
    EXPECT_EQ(ran.exit, 130) << "signal " << ran.signal << '\n' << ran.err;
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.err.find("被中断"), std::string::npos) << ran.err;
    EXPECT_EQ(names(), Words{"企业.csv"});
  }
}

}  // namespace
}  // namespace liantu::test
