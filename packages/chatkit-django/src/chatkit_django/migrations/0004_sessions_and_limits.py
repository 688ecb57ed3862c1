from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("chatkit_django", "0003_attachment_files")]

    operations = []
