<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi">
<context>
    <name>BundleChooser</name>
    <message>
        <location filename="../widgets/bundle_chooser.py" line="38"/>
        <source>Folder of a bundle…</source>
        <translation>Thư mục bộ từ vựng…</translation>
    </message>
    <message>
        <location filename="../widgets/bundle_chooser.py" line="45"/>
        <source>Open the folder of a bundle</source>
        <translation>Mở thư mục bộ từ vựng</translation>
    </message>
</context>
<context>
    <name>LivePage</name>
    <message>
        <location filename="../pages/live_page.py" line="205"/>
        <source>No picture. Choose another source above.</source>
        <translation>Không có hình. Hãy chọn nguồn khác ở phía trên.</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="207"/>
        <source>Opening the source…</source>
        <translation>Đang mở nguồn…</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="210"/>
        <source>Choose another source…</source>
        <translation>Chọn nguồn khác…</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="214"/>
        <source>This vocabulary cannot be used.</source>
        <translation>Không dùng được bộ từ vựng này.</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="215"/>
        <source>Choose another vocabulary…</source>
        <translation>Chọn bộ từ vựng khác…</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="217"/>
        <source>This source cannot be used.</source>
        <translation>Không dùng được nguồn này.</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="221"/>
        <source>The source stopped: %1. Trying again…</source>
        <translation>Nguồn đã dừng: %1. Đang thử lại…</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="225"/>
        <source>The video has ended.</source>
        <translation>Video đã kết thúc.</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="228"/>
        <source>No camera found – showing recorded motions</source>
        <translation>Không tìm thấy camera – đang chiếu các chuyển động mẫu</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="230"/>
        <source>Taught signs cannot be used.</source>
        <translation>Không dùng được các ký hiệu đã dạy.</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="246"/>
        <source>Loading networks…</source>
        <translation>Đang tải các mạng nơ-ron…</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="246"/>
        <source>No vocabulary</source>
        <translation>Chưa có bộ từ vựng</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="250"/>
        <source>Sign to the camera</source>
        <translation>Hãy ký hiệu trước camera</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="256"/>
        <source>no sign</source>
        <translation>không có ký hiệu</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="256"/>
        <source>Nobody in view</source>
        <translation>Không có ai trong hình</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="273"/>
        <source>&amp;Source</source>
        <translation>&amp;Nguồn</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="274"/>
        <source>&amp;Vocabulary</source>
        <translation>&amp;Bộ từ vựng</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="275"/>
        <location filename="../pages/live_page.py" line="284"/>
        <source>Most likely signs</source>
        <translation>Ký hiệu có khả năng nhất</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="276"/>
        <location filename="../pages/live_page.py" line="285"/>
        <source>Signs so far</source>
        <translation>Các ký hiệu đã làm</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="277"/>
        <source>Copy</source>
        <translation>Sao chép</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="278"/>
        <source>Clear</source>
        <translation>Xóa</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="280"/>
        <source>Source of the picture</source>
        <translation>Nguồn hình ảnh</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="281"/>
        <source>Vocabulary to recognise</source>
        <translation>Bộ từ vựng cần nhận dạng</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="282"/>
        <source>Mirror picture</source>
        <translation>Hình trong gương</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="283"/>
        <source>Recognised sign</source>
        <translation>Ký hiệu nhận ra</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="286"/>
        <source>Traces of both wrists</source>
        <translation>Đồ thị của hai cổ tay</translation>
    </message>
    <message>
        <location filename="../pages/live_page.py" line="287"/>
        <source>Speed of recognition</source>
        <translation>Tốc độ nhận dạng</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <location filename="../main_window.py" line="225"/>
        <source>&amp;Picture</source>
        <translation>&amp;Hình ảnh</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="226"/>
        <source>&amp;View</source>
        <translation>&amp;Xem</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="227"/>
        <source>Si&amp;gns</source>
        <translation>&amp;Ký hiệu</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="228"/>
        <source>&amp;Help</source>
        <translation>&amp;Trợ giúp</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="229"/>
        <source>&amp;Colours</source>
        <translation>&amp;Màu sắc</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="230"/>
        <source>&amp;Language</source>
        <translation>&amp;Ngôn ngữ</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="234"/>
        <source>Open &amp;video file…</source>
        <translation>Mở tệp &amp;video…</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="235"/>
        <source>Choose &amp;source…</source>
        <translation>Chọn &amp;nguồn…</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="236"/>
        <source>&amp;Network camera…</source>
        <translation>Camera &amp;mạng…</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="237"/>
        <source>&amp;Quit</source>
        <translation>T&amp;hoát</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="238"/>
        <source>Show &amp;skeleton</source>
        <translation>Hiện &amp;khung xương</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="239"/>
        <source>Show &amp;traces</source>
        <translation>Hiện &amp;đồ thị</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="240"/>
        <source>&amp;Full screen</source>
        <translation>&amp;Toàn màn hình</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="241"/>
        <source>I sign with my &amp;left hand</source>
        <translation>Tôi ký hiệu bằng tay &amp;trái</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="242"/>
        <source>&amp;Teach a sign…</source>
        <translation>&amp;Dạy ký hiệu…</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="243"/>
        <source>&amp;Copy signs</source>
        <translation>&amp;Sao chép các ký hiệu</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="244"/>
        <source>C&amp;lear signs</source>
        <translation>&amp;Xóa các ký hiệu</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="245"/>
        <source>&amp;Keyboard</source>
        <translation>&amp;Bàn phím</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="246"/>
        <source>&amp;About SignMirror</source>
        <translation>&amp;Giới thiệu SignMirror</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="250"/>
        <source>Skeleton</source>
        <translation>Khung xương</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="251"/>
        <source>Traces</source>
        <translation>Đồ thị</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="252"/>
        <source>Left-handed</source>
        <translation>Thuận tay trái</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="253"/>
        <source>Teach a sign…</source>
        <translation>Dạy ký hiệu…</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="259"/>
        <source>As the computer</source>
        <translation>Theo máy tính</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="260"/>
        <source>Light</source>
        <translation>Sáng</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="261"/>
        <source>Dark</source>
        <translation>Tối</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="279"/>
        <source>Keyboard</source>
        <translation>Bàn phím</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="283"/>
        <source>About SignMirror</source>
        <translation>Giới thiệu SignMirror</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="286"/>
        <source>Names the sign you make and draws what sensors on your wrists would have felt.</source>
        <translation>Cho biết ký hiệu bạn đang làm và vẽ những gì cảm biến trên cổ tay bạn lẽ ra cảm nhận được.</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="289"/>
        <source>No picture is stored, and none leaves this computer.</source>
        <translation>Không lưu hình nào, và không hình nào rời khỏi máy này.</translation>
    </message>
    <message>
        <location filename="../main_window.py" line="299"/>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
</context>
<context>
    <name>SourceChooser</name>
    <message>
        <location filename="../widgets/source_chooser.py" line="52"/>
        <source>Open a video file</source>
        <translation>Mở tệp video</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="54"/>
        <source>Videos</source>
        <translation>Video</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="60"/>
        <source>Network camera</source>
        <translation>Camera mạng</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="61"/>
        <source>Address (http:// or rtsp://):</source>
        <translation>Địa chỉ (http:// hoặc rtsp://):</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="63"/>
        <source>Open</source>
        <translation>Mở</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="64"/>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="93"/>
        <source>No camera found</source>
        <translation>Không tìm thấy camera</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="96"/>
        <source>Video file…</source>
        <translation>Tệp video…</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="97"/>
        <source>Network camera…</source>
        <translation>Camera mạng…</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="99"/>
        <source>All recorded motions</source>
        <translation>Tất cả chuyển động mẫu</translation>
    </message>
    <message>
        <location filename="../widgets/source_chooser.py" line="101"/>
        <source>Recorded motion: %1</source>
        <translation>Chuyển động mẫu: %1</translation>
    </message>
</context>
<context>
    <name>SpeedMenu</name>
    <message>
        <location filename="../speed_menu.py" line="55"/>
        <source>S&amp;peed</source>
        <translation>&amp;Tốc độ</translation>
    </message>
    <message>
        <location filename="../speed_menu.py" line="59"/>
        <source>&amp;Automatic</source>
        <translation>Tự độn&amp;g</translation>
    </message>
    <message>
        <location filename="../speed_menu.py" line="60"/>
        <source>As fast as the computer can; half of that on the battery</source>
        <translation>Nhanh hết mức của máy; khi dùng pin thì một nửa</translation>
    </message>
    <message>
        <location filename="../speed_menu.py" line="62"/>
        <source>As &amp;fast as possible</source>
        <translation>&amp;Nhanh nhất có thể</translation>
    </message>
    <message>
        <location filename="../speed_menu.py" line="62"/>
        <source>The networks never rest</source>
        <translation>Mạng nơ-ron làm việc không nghỉ</translation>
    </message>
    <message>
        <location filename="../speed_menu.py" line="63"/>
        <source>&amp;Balanced</source>
        <translation>&amp;Cân bằng</translation>
    </message>
    <message>
        <location filename="../speed_menu.py" line="63"/>
        <source>The networks rest half of the time</source>
        <translation>Mạng nơ-ron nghỉ một nửa thời gian</translation>
    </message>
    <message>
        <location filename="../speed_menu.py" line="66"/>
        <source>&amp;Saving</source>
        <translation>&amp;Tiết kiệm</translation>
    </message>
    <message>
        <location filename="../speed_menu.py" line="67"/>
        <source>For a long day on the battery or in a booth: fewer answers, less heat</source>
        <translation>Cho ngày dài dùng pin hoặc ở quầy trưng bày: ít lượt đoán hơn, máy mát hơn</translation>
    </message>
    <message>
        <location filename="../speed_menu.py" line="72"/>
        <source>&amp;Networks run with</source>
        <translation>Chạy mạng nơ-&amp;ron bằng</translation>
    </message>
    <message>
        <location filename="../speed_menu.py" line="73"/>
        <source>Whatever is fastest here</source>
        <translation>Cách nhanh nhất trên máy này</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <location filename="../widgets/status_strip.py" line="30"/>
        <source>Camera %1 fps</source>
        <translation>Camera %1 hình/giây</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="31"/>
        <source>Dropped %1</source>
        <translation>Bỏ qua %1</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="32"/>
        <source>Answers %1 /s</source>
        <translation>Trả lời %1 /giây</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="33"/>
        <source>Landmarks %1 ms</source>
        <translation>Điểm mốc %1 ms</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="58"/>
        <source>Networks %1 ms</source>
        <translation>Mạng nơ-ron %1 ms</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="35"/>
        <source>Frame to label %1 ms</source>
        <translation>Từ hình đến nhãn %1 ms</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="46"/>
        <source>Longest wait of the window: %1 ms</source>
        <translation>Thời gian chờ lâu nhất của cửa sổ: %1 ms</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="50"/>
        <source>What the networks run on</source>
        <translation>Thiết bị chạy mạng nơ-ron</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="58"/>
        <source>Networks %1 ms, landmarks only</source>
        <translation>Mạng %1 ms, chỉ dùng điểm mốc</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="64"/>
        <source>Making the networks faster: %1</source>
        <translation>Đang tăng tốc mạng nơ-ron: %1</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="69"/>
        <source>Pictures a second that come in</source>
        <translation>Số hình nhận được mỗi giây</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="70"/>
        <source>Pictures shown but not looked at, to keep up with you</source>
        <translation>Số hình có hiển thị nhưng không phân tích, để theo kịp bạn</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="71"/>
        <source>How often a second the signs are judged anew</source>
        <translation>Số lần nhận dạng lại mỗi giây</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="72"/>
        <source>Time to find body and hands in one picture</source>
        <translation>Thời gian tìm thân người và bàn tay trong một hình</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="73"/>
        <source>Time to judge the last seconds</source>
        <translation>Thời gian nhận dạng những giây vừa qua</translation>
    </message>
    <message>
        <location filename="../widgets/status_strip.py" line="74"/>
        <source>From the picture coming in to its answer</source>
        <translation>Từ lúc nhận hình đến lúc có câu trả lời</translation>
    </message>
</context>
<context>
    <name>TakeStrip</name>
    <message>
        <location filename="../widgets/take_strip.py" line="116"/>
        <source>Replay take %1</source>
        <translation>Xem lại lần ghi %1</translation>
    </message>
    <message>
        <location filename="../widgets/take_strip.py" line="117"/>
        <source>Delete take %1</source>
        <translation>Xóa lần ghi %1</translation>
    </message>
</context>
<context>
    <name>TaughtList</name>
    <message>
        <location filename="../widgets/taught_list.py" line="102"/>
        <source>%1 of %2 takes</source>
        <translation>%1 trong %2 lần ghi</translation>
    </message>
    <message>
        <location filename="../widgets/taught_list.py" line="104"/>
        <source>%1 takes</source>
        <translation>%1 lần ghi</translation>
    </message>
    <message>
        <location filename="../widgets/taught_list.py" line="112"/>
        <location filename="../widgets/taught_list.py" line="113"/>
        <source>Taught signs</source>
        <translation>Ký hiệu đã dạy</translation>
    </message>
    <message>
        <location filename="../widgets/taught_list.py" line="114"/>
        <source>None yet. Name a sign and record it.</source>
        <translation>Chưa có. Hãy đặt tên một ký hiệu rồi ghi lại.</translation>
    </message>
    <message>
        <location filename="../widgets/taught_list.py" line="115"/>
        <source>&amp;New sign</source>
        <translation>Ký hiệu &amp;mới</translation>
    </message>
    <message>
        <location filename="../widgets/taught_list.py" line="116"/>
        <source>&amp;Delete this sign…</source>
        <translation>&amp;Xóa ký hiệu này…</translation>
    </message>
    <message>
        <location filename="../widgets/taught_list.py" line="117"/>
        <source>&amp;Import…</source>
        <translation>&amp;Nhập…</translation>
    </message>
    <message>
        <location filename="../widgets/taught_list.py" line="118"/>
        <source>E&amp;xport</source>
        <translation>X&amp;uất</translation>
    </message>
    <message>
        <location filename="../widgets/taught_list.py" line="119"/>
        <source>This sign…</source>
        <translation>Ký hiệu này…</translation>
    </message>
    <message>
        <location filename="../widgets/taught_list.py" line="120"/>
        <source>All signs…</source>
        <translation>Mọi ký hiệu…</translation>
    </message>
</context>
<context>
    <name>TeachDialog</name>
    <message>
        <location filename="../pages/teach_page.py" line="137"/>
        <source>Exported to %1.</source>
        <translation>Đã xuất ra %1.</translation>
    </message>
    <message>
        <location filename="../pages/teach_page.py" line="148"/>
        <source>Imported: %1</source>
        <translation>Đã nhập: %1</translation>
    </message>
    <message>
        <location filename="../pages/teach_page.py" line="150"/>
        <source>All signs of this file are here already.</source>
        <translation>Mọi ký hiệu trong tệp này đã có ở đây.</translation>
    </message>
    <message>
        <location filename="../pages/teach_page.py" line="210"/>
        <source>No picture</source>
        <translation>Không có hình</translation>
    </message>
    <message>
        <location filename="../pages/teach_page.py" line="233"/>
        <source>Get ready</source>
        <translation>Chuẩn bị</translation>
    </message>
    <message>
        <location filename="../pages/teach_page.py" line="235"/>
        <source>Sign now</source>
        <translation>Hãy làm ký hiệu</translation>
    </message>
    <message>
        <location filename="../pages/teach_page.py" line="237"/>
        <source>Is this take good?</source>
        <translation>Lần ghi này có tốt không?</translation>
    </message>
    <message>
        <location filename="../pages/teach_page.py" line="239"/>
        <source>Take %1</source>
        <translation>Lần ghi %1</translation>
    </message>
    <message>
        <location filename="../pages/teach_page.py" line="249"/>
        <source>There are no pictures. Close this and choose another source.</source>
        <translation>Không có hình. Hãy đóng cửa sổ này và chọn nguồn khác.</translation>
    </message>
    <message>
        <location filename="../pages/teach_page.py" line="251"/>
        <source>Still loading, one moment…</source>
        <translation>Đang nạp, xin chờ một chút…</translation>
    </message>
    <message>
        <location filename="../pages/teach_page.py" line="253"/>
        <source>Damaged takes were left out: %1</source>
        <translation>Số lần ghi bị hỏng đã bỏ qua: %1</translation>
    </message>
    <message>
        <location filename="../pages/teach_page.py" line="255"/>
        <source>Remove them</source>
        <translation>Xóa chúng</translation>
    </message>
    <message>
        <location filename="../pages/teach_page.py" line="257"/>
        <source>The vocabulary in use cannot name taught signs. Choose another one.</source>
        <translation>Bộ từ vựng đang dùng không nhận được ký hiệu đã dạy. Hãy chọn bộ khác.</translation>
    </message>
    <message>
        <location filename="../pages/teach_page.py" line="300"/>
        <source>Delete &apos;%1&apos; and all its takes?</source>
        <translation>Xóa “%1” và mọi lần ghi của nó?</translation>
    </message>
    <message>
        <location filename="../pages/teach_page.py" line="304"/>
        <source>Delete take %1?</source>
        <translation>Xóa lần ghi %1?</translation>
    </message>
    <message>
        <location filename="../pages/teach_page.py" line="306"/>
        <source>It is the last one, so the sign is deleted too.</source>
        <translation>Đây là lần ghi cuối cùng, nên ký hiệu cũng bị xóa.</translation>
    </message>
    <message>
        <location filename="../pages/teach_page.py" line="315"/>
        <source>My signs</source>
        <translation>Ký hiệu của tôi</translation>
    </message>
    <message>
        <location filename="../pages/teach_page.py" line="328"/>
        <source>Teach a sign</source>
        <translation>Dạy ký hiệu</translation>
    </message>
</context>
<context>
    <name>TeachLayout</name>
    <message>
        <location filename="../widgets/teach_layout.py" line="153"/>
        <source>&amp;Record</source>
        <translation>&amp;Ghi</translation>
    </message>
    <message>
        <location filename="../widgets/teach_layout.py" line="153"/>
        <source>&amp;Record another take</source>
        <translation>&amp;Ghi thêm một lần</translation>
    </message>
    <message>
        <location filename="../widgets/teach_layout.py" line="155"/>
        <source>&amp;Back to the mirror</source>
        <translation>&amp;Về lại gương</translation>
    </message>
    <message>
        <location filename="../widgets/teach_layout.py" line="155"/>
        <source>&amp;Cancel</source>
        <translation>&amp;Hủy</translation>
    </message>
    <message>
        <location filename="../widgets/teach_layout.py" line="157"/>
        <source>%1 takes, and there is room for no more.</source>
        <translation>%1 lần ghi, không còn chỗ nữa.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_layout.py" line="159"/>
        <source>%1 takes: this sign is ready. At most %3 are kept.</source>
        <translation>%1 lần ghi: ký hiệu đã sẵn sàng. Giữ tối đa %3.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_layout.py" line="161"/>
        <source>%1 of %2 takes: usable now, reliable with %2 or more (at most %3).</source>
        <translation>%1 trong %2 lần ghi: đã dùng được, đáng tin cậy từ %2 lần (tối đa %3).</translation>
    </message>
    <message>
        <location filename="../widgets/teach_layout.py" line="163"/>
        <source>Record it %2 times or more (at most %3), as you always sign it.</source>
        <translation>Hãy ghi từ %2 lần (tối đa %3), làm ký hiệu như thường ngày.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_layout.py" line="169"/>
        <source>Name o&amp;f the sign</source>
        <translation>&amp;Tên ký hiệu</translation>
    </message>
    <message>
        <location filename="../widgets/teach_layout.py" line="170"/>
        <source>Rena&amp;me</source>
        <translation>Đổ&amp;i tên</translation>
    </message>
    <message>
        <location filename="../widgets/teach_layout.py" line="171"/>
        <source>&amp;Length</source>
        <translation>Độ dài</translation>
    </message>
    <message>
        <location filename="../widgets/teach_layout.py" line="174"/>
        <source>Left-&amp;handed</source>
        <translation>Th&amp;uận tay trái</translation>
    </message>
    <message>
        <location filename="../widgets/teach_layout.py" line="172"/>
        <location filename="../widgets/teach_layout.py" line="173"/>
        <source>How long a take is</source>
        <translation>Mỗi lần ghi dài bao lâu</translation>
    </message>
    <message>
        <location filename="../widgets/teach_layout.py" line="175"/>
        <source>&amp;Keep</source>
        <translation>&amp;Giữ</translation>
    </message>
    <message>
        <location filename="../widgets/teach_layout.py" line="176"/>
        <source>Record a&amp;gain</source>
        <translation>Ghi &amp;lại</translation>
    </message>
    <message>
        <location filename="../widgets/teach_layout.py" line="177"/>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <location filename="../widgets/teach_layout.py" line="178"/>
        <source>Only how your joints move is stored, never a picture.</source>
        <translation>Chỉ lưu chuyển động các khớp của bạn, không bao giờ lưu hình.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_layout.py" line="179"/>
        <source>Mirror picture</source>
        <translation>Hình trong gương</translation>
    </message>
    <message>
        <location filename="../widgets/teach_layout.py" line="180"/>
        <source>Kept takes</source>
        <translation>Các lần ghi đã giữ</translation>
    </message>
</context>
<context>
    <name>TeachQuestions</name>
    <message>
        <location filename="../widgets/teach_questions.py" line="25"/>
        <location filename="../widgets/teach_questions.py" line="29"/>
        <source>Delete</source>
        <translation>Xóa</translation>
    </message>
    <message>
        <location filename="../widgets/teach_questions.py" line="30"/>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <location filename="../widgets/teach_questions.py" line="40"/>
        <source>Import taught signs</source>
        <translation>Nhập ký hiệu đã dạy</translation>
    </message>
    <message>
        <location filename="../widgets/teach_questions.py" line="49"/>
        <source>Export taught signs</source>
        <translation>Xuất ký hiệu đã dạy</translation>
    </message>
    <message>
        <location filename="../widgets/teach_questions.py" line="57"/>
        <source>Taught signs</source>
        <translation>Ký hiệu đã dạy</translation>
    </message>
</context>
<context>
    <name>TeachTexts</name>
    <message>
        <location filename="../widgets/teach_texts.py" line="27"/>
        <source>The pictures stopped. Check the camera and record again.</source>
        <translation>Hình đã dừng. Hãy kiểm tra camera rồi ghi lại.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_texts.py" line="28"/>
        <source>The video began again during the take. Record it again.</source>
        <translation>Video đã chạy lại từ đầu trong lúc ghi. Hãy ghi lại.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_texts.py" line="29"/>
        <source>Too few pictures came in. Close other programs and record again.</source>
        <translation>Nhận được quá ít hình. Hãy đóng các chương trình khác rồi ghi lại.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_texts.py" line="30"/>
        <source>Nobody was in view. Step in front of the camera and record again.</source>
        <translation>Không thấy ai. Hãy đứng trước camera rồi ghi lại.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_texts.py" line="31"/>
        <source>Your hands were out of view. Step back a little and record again.</source>
        <translation>Không thấy tay của bạn. Hãy lùi lại một chút rồi ghi lại.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_texts.py" line="38"/>
        <source>The list of taught signs is damaged and was left as it is: %1</source>
        <translation>Danh sách ký hiệu đã dạy bị hỏng và được giữ nguyên: %1</translation>
    </message>
    <message>
        <location filename="../widgets/teach_texts.py" line="39"/>
        <source>These signs come from a newer SignMirror. Update SignMirror.</source>
        <translation>Các ký hiệu này thuộc bản SignMirror mới hơn. Hãy cập nhật SignMirror.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_texts.py" line="40"/>
        <source>Give the sign a name of 1 to 60 characters.</source>
        <translation>Hãy đặt cho ký hiệu một tên dài từ 1 đến 60 ký tự.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_texts.py" line="41"/>
        <source>This name is taken. Give the sign another one.</source>
        <translation>Tên này đã được dùng. Hãy đặt tên khác.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_texts.py" line="42"/>
        <source>There is no more room. Delete a take first.</source>
        <translation>Không còn chỗ. Hãy xóa một lần ghi trước.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_texts.py" line="43"/>
        <source>This is no longer there.</source>
        <translation>Mục này không còn nữa.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_texts.py" line="44"/>
        <source>Nothing can be saved in %1. Is the disk full or protected?</source>
        <translation>Không lưu được vào %1. Đĩa đã đầy hay không cho ghi?</translation>
    </message>
    <message>
        <location filename="../widgets/teach_texts.py" line="45"/>
        <source>This is no usable file of taught signs: %1</source>
        <translation>Đây không phải tệp ký hiệu dùng được: %1</translation>
    </message>
    <message>
        <location filename="../widgets/teach_texts.py" line="46"/>
        <source>There is nothing in this take. Record it again.</source>
        <translation>Lần ghi này trống. Hãy ghi lại.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_texts.py" line="47"/>
        <source>There is no taught sign to export.</source>
        <translation>Chưa có ký hiệu nào để xuất.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_texts.py" line="58"/>
        <source>This looks like &apos;%1&apos;. Recognition may mix them up.</source>
        <translation>Ký hiệu này giống “%1”. Máy có thể nhầm hai ký hiệu.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_texts.py" line="60"/>
        <source>Choose another sign, or sign it more clearly.</source>
        <translation>Hãy chọn ký hiệu khác, hoặc làm rõ hơn.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_texts.py" line="74"/>
        <source>&apos;%1&apos; is in the vocabulary already. Give your sign another name.</source>
        <translation>“%1” đã có trong bộ từ vựng. Hãy đặt tên khác cho ký hiệu của bạn.</translation>
    </message>
    <message>
        <location filename="../widgets/teach_texts.py" line="77"/>
        <source>&apos;%1&apos; is taught already. Choose it in the list to add takes.</source>
        <translation>“%1” đã được dạy. Hãy chọn nó trong danh sách để ghi thêm.</translation>
    </message>
</context>
<context>
    <name>TracePlots</name>
    <message>
        <location filename="../widgets/trace_plots.py" line="103"/>
        <source>left wrist</source>
        <translation>cổ tay trái</translation>
    </message>
    <message>
        <location filename="../widgets/trace_plots.py" line="103"/>
        <source>right wrist</source>
        <translation>cổ tay phải</translation>
    </message>
    <message>
        <location filename="../widgets/trace_plots.py" line="117"/>
        <source>Measured accelerometer</source>
        <translation>Số đo gia tốc kế</translation>
    </message>
    <message>
        <location filename="../widgets/trace_plots.py" line="118"/>
        <source>Measured gyroscope</source>
        <translation>Số đo con quay hồi chuyển</translation>
    </message>
    <message>
        <location filename="../widgets/trace_plots.py" line="120"/>
        <source>Simulated accelerometer</source>
        <translation>Mô phỏng gia tốc kế</translation>
    </message>
    <message>
        <location filename="../widgets/trace_plots.py" line="120"/>
        <source>Simulated gyroscope</source>
        <translation>Mô phỏng con quay hồi chuyển</translation>
    </message>
</context>
</TS>
